// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Bus;

/// <summary>
/// The mesh bus over NATS, for more than a local network: subjects are NATS', tables are JetStream's key-value buckets. What a table has acknowledged, a server that dies loses as little as its
/// stream's replicas do. Needs libnats, found when this is made.
/// </summary>
/// <remarks>NATS knows clients, not hosts: whoever has the key can speak in any host's name.</remarks>
public sealed partial class NatsBus : IMeshBus, ITableLink
{
    private const int MostOutgoing = 262_144;
    private const long MostOutgoingBytes = 64 << 20;

    private readonly NatsBusOptions _options;
    private readonly BusCore _core;
    private readonly NatsLink _link;
    private readonly NatsTime _time;
    private readonly string _prefix;
    private readonly string _inbox = $"_INBOX.{Guid.NewGuid():N}";
    private readonly List<NatsInlet> _inlets = [];
    private readonly Dictionary<string, NatsTable> _tables = [];
    private readonly Dictionary<ulong, (NatsTable Table, string Key)> _unacknowledged = [];
    private readonly Queue<(string Subject, string? Reply, byte[] Payload)> _outgoing = new();
    private readonly MeshTime _since = MeshClock.Now;
    private readonly AutoResetEvent _woken = new(false);
    private readonly Thread _thread;
    private long _outgoingBytes;
    private ulong _lastNumber;
    private volatile bool _isEnding;

    /// <summary>
    /// Connects, or goes on trying where no server answers. Throws InvalidArgument naming the field, PermissionDenied where the servers do not take the key, LibraryMissing; InvalidState where mesh time is to follow a clock of the system
    /// that nothing keeps right.
    /// </summary>
    public NatsBus(NatsBusOptions options)
    {
        options.Validate();
        _options = options;
        _prefix = $"am.{options.Mesh}";
        _core = new BusCore(options.Name, options.UtcClock, () => _woken.Set());
        _link = new NatsLink(options);
        try
        {
            Listen($"{_prefix}.p", TakePresence);
            Listen($"{_inbox}.>", TakeReply);
            _time = new NatsTime(options, unchecked((ulong)_run), CountRefused);
        }
        catch
        {
            Close();
            throw;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "am-bus" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public bool IsConnected => !_isEnding && Failure is null && _link.IsConnected;

    /// <inheritdoc/>
    public AudioMeshException? Failure { get; private set; }

    /// <inheritdoc/>
    public MeshTimebase Timebase => _time.Timebase;

    /// <inheritdoc/>
    public IReadOnlyList<BusPeer> Peers
    {
        get
        {
            lock (_core.Gate)
            {
                return [.. _peers.Values.Select(peer => peer.Peer).OrderBy(peer => peer.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <inheritdoc/>
    public BusStatistics Statistics
    {
        get
        {
            lock (_core.Gate)
            {
                return _core.Statistics(_tables.Values.Sum(table => table.Resent), _outgoing.Count + _tables.Values.Sum(table => table.Pending));
            }
        }
    }

    /// <inheritdoc/>
    public void Publish(string subject, ReadOnlySpan<byte> payload)
    {
        BusSubject.Check(subject);
        BusCore.CheckLength(payload.Length, BusLimits.PayloadBytes, "payload");
        byte[] body = NatsFrame.Message(Name, MeshNow(), payload);
        lock (_core.Gate)
        {
            CheckWritable();
            _core.CountSent();
            Send($"{_prefix}.m.{subject}", null, body);
        }

        _core.Wake();
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(string pattern, BusHandler handler)
    {
        BusSubscription<BusHandler> added;
        NatsInlet? inlet = null;
        lock (_core.Gate)
        {
            added = _core.Subscribe(pattern, handler, _ => inlet?.Dispose());
        }

        inlet = Open(added, $"{_prefix}.m.{pattern}", (subject, _, payload, _) => TakeMessage(added, subject, payload));
        return added;
    }

    /// <inheritdoc/>
    public IDisposable Serve(string pattern, BusAnswerer answer)
    {
        BusSubscription<BusAnswerer> added;
        NatsInlet? inlet = null;
        lock (_core.Gate)
        {
            added = _core.Serve(pattern, answer, _ => inlet?.Dispose());
        }

        inlet = Open(added, $"{_prefix}.r.{pattern}", (subject, reply, payload, _) => TakeRequest(added, subject, reply, payload));
        return added;
    }

    /// <inheritdoc/>
    public void Request(string subject, ReadOnlySpan<byte> payload, int timeoutMs, BusAnswerHandler taken)
    {
        BusSubject.Check(subject);
        BusCore.CheckLength(payload.Length, BusLimits.PayloadBytes, "payload");
        BusCore.CheckTimeout(timeoutMs);
        byte[] body = NatsFrame.Message(Name, MeshNow(), payload);
        lock (_core.Gate)
        {
            CheckWritable();
            uint number = _core.Await(new BusRequest(subject, MeshClock.Now.Add(timeoutMs * 1_000_000L), timeoutMs, taken));
            _core.CountSent();
            Send($"{_prefix}.r.{subject}", $"{_inbox}.r.{number}", body);
        }

        _core.Wake();
    }

    /// <inheritdoc/>
    public IBusTable Table(string name)
    {
        BusSubject.CheckToken(name);
        lock (_core.Gate)
        {
            ObjectDisposedException.ThrowIf(_core.IsDisposed, this);
            if (_tables.TryGetValue(name, out NatsTable? known))
            {
                return known.Table;
            }

            if (_tables.Count == BusLimits.Tables)
            {
                throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"There are {BusLimits.Tables} tables.") { Allowed = $"{BusLimits.Tables}" };
            }

            NatsTable table = new(new BusTable(name, _core, this), _core, $"am_{NatsText.Bucket(_options.Mesh)}_{NatsText.Bucket(name)}", _options.Replicas);
            _tables.Add(name, table);
            table.Start(_link);
            return table.Table;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_core.Gate)
        {
            if (_core.IsDisposed)
            {
                return;
            }

            _core.IsDisposed = true;
            _core.EndAll();
        }

        _isEnding = true;
        _woken.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _time.Dispose();
        Close();
        _core.Drain();
    }

    void ITableLink.CheckWritable() => CheckWritable();

    void ITableLink.Written(BusTable table, BusEntry entry) => Write(_tables[table.Name], entry, MeshClock.Now);

    long ITableLink.PendingOf(BusTable table) => _tables[table.Name].Pending;

    private MeshTime MeshNow() => Timebase.State == TimebaseState.Acquiring ? MeshTime.Unknown : Timebase.ToMesh(MeshClock.Now);

    private void CountRefused()
    {
        lock (_core.Gate)
        {
            _core.CountRefused();
        }
    }

    private void CheckWritable()
    {
        ObjectDisposedException.ThrowIf(_core.IsDisposed, this);
        if (Failure is { } failure)
        {
            throw new AudioMeshException(failure.Kind, failure.Message) { Field = failure.Field, Allowed = failure.Allowed };
        }
    }

    private void Write(NatsTable table, BusEntry entry, MeshTime now)
    {
        _unacknowledged.Remove(table.Write(entry, ++_lastNumber, now));
        _unacknowledged.Add(_lastNumber, (table, entry.Key));
        Send($"$KV.{table.Bucket}.{entry.Key}", $"{_inbox}.a.{_lastNumber}", FrameWriter.Content(entry));
    }

    // Tables send again what finds no room here.
    private void Send(string subject, string? reply, byte[] payload)
    {
        if (_outgoing.Count >= MostOutgoing || _outgoingBytes > MostOutgoingBytes)
        {
            _core.CountLost(1);
            return;
        }

        _outgoing.Enqueue((subject, reply, payload));
        _outgoingBytes += payload.Length;
    }

    private NatsInlet Open(IDisposable subscription, string subject, NatsInletHandler handler)
    {
        try
        {
            return new NatsInlet(subject: subject, link: _link, handler: handler);
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    private void Listen(string subject, NatsInletHandler handler) => _inlets.Add(new NatsInlet(_link, subject, handler));

    private void Close()
    {
        foreach (NatsTable table in _tables.Values)
        {
            table.Dispose();
        }

        _inlets.ForEach(inlet => inlet.Dispose());
        _link.Dispose();
    }
}
