// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>
/// A table in JetStream: writes what is not acknowledged until it is, reads what others wrote, and puts right what an older value has overwritten. Under the gate, but for <see cref="Read"/>.
/// </summary>
internal sealed class NatsTable(BusTable table, BusCore core, string bucket, int replicas) : IDisposable
{
    private const long AgainNs = 2_000_000_000;
    private const int SliceMs = 100;
    private const int AnewMs = 10_000;

    private readonly Dictionary<string, (BusEntry Entry, ulong Number, MeshTime SentAt)> _pending = [];
    private readonly HashSet<string> _present = [];
    private Thread? _reader;
    private volatile bool _isEnding;

    public BusTable Table => table;

    public string Bucket => bucket;

    public long Pending => _pending.Count;

    public long Resent { get; private set; }

    public void Start(NatsLink link)
    {
        _reader = new Thread(() => Read(link)) { IsBackground = true, Name = "am-bus-table" };
        _reader.Start();
    }

    /// <summary>Notes an entry to be written, and gives back the number of one that it replaces; 0: none.</summary>
    public ulong Write(BusEntry entry, ulong number, MeshTime now)
    {
        ulong before = _pending.TryGetValue(entry.Key, out (BusEntry Entry, ulong Number, MeshTime SentAt) known) ? known.Number : 0;
        _pending[entry.Key] = (entry, number, now);
        return before;
    }

    public void Acknowledged(string key, ulong number)
    {
        if (_pending.TryGetValue(key, out (BusEntry Entry, ulong Number, MeshTime SentAt) known) && known.Number == number)
        {
            _pending.Remove(key);
        }
    }

    /// <summary>What has to be written again; what others overwrote by newer values need not.</summary>
    public IReadOnlyList<BusEntry> Due(MeshTime now)
    {
        List<BusEntry> due = [];
        foreach ((string key, (BusEntry Entry, ulong Number, MeshTime SentAt) item) in _pending.ToArray())
        {
            if (now - item.SentAt < AgainNs)
            {
                continue;
            }

            if (table.Store.Find(key) == item.Entry)
            {
                due.Add(item.Entry);
                Resent++;
            }
            else
            {
                _pending.Remove(key);
            }
        }

        return due;
    }

    public void Dispose()
    {
        _isEnding = true;
        _reader?.Join();
    }

    private void Read(NatsLink link)
    {
        while (!_isEnding)
        {
            if (!link.IsConnected)
            {
                Thread.Sleep(SliceMs);
                continue;
            }

            try
            {
                using NatsBucket read = new(link, bucket, replicas);
                Follow(read, link);
            }
            catch (AudioMeshException)
            {
                Thread.Sleep(SliceMs);
            }
        }
    }

    // Whoever is told nothing for long cannot know that there is nothing: it reads all of it anew.
    private void Follow(NatsBucket read, NatsLink link)
    {
        int silentMs = 0;
        lock (core.Gate)
        {
            _present.Clear();
        }

        while (!_isEnding && silentMs < AnewMs && link.IsConnected)
        {
            if (!read.TryNext(SliceMs, out byte[]? value))
            {
                silentMs += SliceMs;
                continue;
            }

            silentMs = 0;
            lock (core.Gate)
            {
                if (value is null)
                {
                    MendAbsent();
                }
                else
                {
                    Take(value);
                }
            }

            core.Wake();
        }
    }

    private void Take(byte[] value)
    {
        FrameReader reader = new(value);
        if (reader.Entry() is not { } entry)
        {
            core.CountRefused();
            return;
        }

        core.CountReceived();
        if (table.Take(entry) || table.Store.Find(entry.Key) is not { } newer || newer.CompareTo(entry) <= 0)
        {
            _present.Add(entry.Key);
        }
        else if (newer.Stamp.Origin == core.Clock.Origin)
        {
            Mend(newer);
        }
    }

    private void MendAbsent()
    {
        foreach (BusEntry entry in table.Store.All)
        {
            if (!_present.Contains(entry.Key))
            {
                Mend(entry);
            }
        }
    }

    // Due at once.
    private void Mend(BusEntry entry) => _pending.TryAdd(entry.Key, (entry, 0, new MeshTime(long.MinValue / 2)));
}
