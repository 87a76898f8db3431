// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Jack;

/// <summary>
/// What a client has to make again after its server was lost: connections and port properties. Our own ports are noted as
/// <c>:port</c>. Any thread.
/// </summary>
internal sealed class JackMemory
{
    /// <summary>A server that ends in order takes connections away before it says so: what stood this shortly before counts.</summary>
    private const long SettleMs = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Port, string Key), (string Value, string Type)> _properties = [];
    private List<JackConnection> _missing = [];
    private List<JackConnection> _settled = [];
    private List<JackConnection> _latest = [];
    private List<JackConnection> _cut = [];
    private long _changedAt;
    private bool _isAfterLoss;

    /// <summary>Whether there was a loss, so that what was connected then counts and not a fresh start.</summary>
    public bool IsAfterLoss
    {
        get
        {
            lock (_lock)
            {
                return _isAfterLoss;
            }
        }
    }

    /// <summary>Connections still to be made again.</summary>
    public JackConnection[] Missing()
    {
        lock (_lock)
        {
            return [.. _missing];
        }
    }

    /// <summary>Notes that a missing connection was made.</summary>
    public void Restored(JackConnection connection)
    {
        lock (_lock)
        {
            _missing.Remove(connection);
        }
    }

    /// <summary>Notes how our ports are connected now, as far as the graph shows: for a cycle it still shows what has been taken away.</summary>
    public void Note(List<JackConnection> connections)
    {
        lock (_lock)
        {
            _cut = _cut.FindAll(connections.Contains);
            connections.RemoveAll(_cut.Contains);
            if (connections.Count == _latest.Count && connections.TrueForAll(_latest.Contains))
            {
                return;
            }

            long now = Environment.TickCount64;
            _settled = now - _changedAt > SettleMs ? _latest : Union(_settled, _latest);
            _latest = connections;
            _changedAt = now;
        }
    }

    /// <summary>Notes a connection that was made on purpose.</summary>
    public void Expect(JackConnection connection)
    {
        lock (_lock)
        {
            _cut.Remove(connection);
        }
    }

    /// <summary>Drops a connection that was taken away on purpose.</summary>
    public void Forget(JackConnection connection)
    {
        lock (_lock)
        {
            _cut.Add(connection);
            _missing.Remove(connection);
            _settled.Remove(connection);
            _latest.Remove(connection);
        }
    }

    /// <summary>After a loss: what stood shortly before <paramref name="lostAt"/> (of <see cref="Environment.TickCount64"/>) is missing now.</summary>
    public void Lose(long lostAt)
    {
        lock (_lock)
        {
            List<JackConnection> stood = lostAt - _changedAt > SettleMs ? _latest : Union(_settled, _latest);
            _missing = Union(_missing, stood);
            _settled = [];
            _latest = [];
            _isAfterLoss = true;
        }
    }

    /// <summary>Notes a property that was set.</summary>
    public void Keep(string port, string key, string value, string type)
    {
        lock (_lock)
        {
            _properties[(port, key)] = (value, type);
        }
    }

    /// <summary>The properties set.</summary>
    public List<(string Port, string Key, string Value, string Type)> Properties()
    {
        lock (_lock)
        {
            List<(string, string, string, string)> all = [];
            foreach (((string port, string key), (string value, string type)) in _properties)
            {
                all.Add((port, key, value, type));
            }

            return all;
        }
    }

    private static List<JackConnection> Union(List<JackConnection> some, List<JackConnection> others)
    {
        List<JackConnection> all = [.. some];
        all.AddRange(others.FindAll(connection => !some.Contains(connection)));
        return all;
    }
}
