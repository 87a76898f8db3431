// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Bus;

/// <summary>
/// The mesh bus without a server: over the members of a TOAST session, each to each, authenticated and encrypted as that is (docs/protocols/toast.md, "Bus"). The name is the session's.
/// </summary>
public sealed partial class LanBus : IMeshBus, ISessionLink, ITableLink
{
    private readonly LanBusOptions _options;
    private readonly BusCore _core;
    private readonly BusInbox _inbox = new();
    private readonly SortedDictionary<string, BusTable> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = [];
    private readonly Dictionary<ulong, BusChannel> _channels = [];
    private readonly MeshTime _since;
    private readonly LanBusThread? _thread;
    private readonly ToastHost? _ownHost;

    /// <summary>A bus that <see cref="Pump"/> runs. The session has to outlive it. Throws InvalidState where the session has one.</summary>
    public LanBus(ToastSession session, LanBusOptions options)
    {
        (Session, _options, _since) = (session, options, options.HostClock());
        _core = new BusCore(session.Name, options.UtcClock, () => options.Wake?.Invoke());
        session.Attach(this);
    }

    /// <summary>A bus with a thread of its own, <c>am-bus</c>, over a host's session. The host has to outlive it.</summary>
    public LanBus(ToastHost host)
        : this(host.Session, LanBusThread.Options(out LanBusThread thread))
    {
        _thread = thread;
        thread.Start(this);
    }

    private LanBus(ToastHost host, bool isOwn)
        : this(host) => _ownHost = isOwn ? host : null;

    /// <inheritdoc/>
    public string Name => Session.Name;

    /// <summary>The session it rides on, for its peers.</summary>
    public ToastSession Session { get; }

    /// <inheritdoc/>
    public bool IsConnected => !_core.IsDisposed && Failure is null;

    /// <inheritdoc/>
    public AudioMeshException? Failure { get; private set; }

    /// <inheritdoc/>
    public MeshTimebase Timebase => Session.Timebase;

    /// <inheritdoc/>
    public IReadOnlyList<BusPeer> Peers
    {
        get
        {
            lock (_core.Gate)
            {
                return [.. _channels.Values.Where(channel => channel.IsPresent).Select(channel => channel.Peer!).OrderBy(peer => peer.Name, StringComparer.Ordinal)];
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
                return _core.Statistics(_resent + _channels.Values.Sum(channel => channel.Resent), _channels.Values.Where(channel => channel.IsPresent).Sum(channel => channel.Pending));
            }
        }
    }

    /// <summary>Joins a session and runs a bus over it, until disposed. Throws what <see cref="ToastHost"/> throws.</summary>
    public static LanBus Join(ToastHostOptions options)
    {
        ToastHost host = new(options);
        try
        {
            return new LanBus(host, isOwn: true);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Publish(string subject, ReadOnlySpan<byte> payload)
    {
        BusSubject.Check(subject);
        BusCore.CheckLength(payload.Length, BusLimits.PayloadBytes, "payload");
        MeshTime time = MeshNow();
        byte[] frame = FrameWriter.Publish(subject, time, payload);
        lock (_core.Gate)
        {
            CheckWritable();
            _core.CountSent();
            _core.Deliver(subject, Name, payload.ToArray(), time);
            SendToAll(frame);
        }

        _core.Wake();
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(string pattern, BusHandler handler)
    {
        lock (_core.Gate)
        {
            return _core.Subscribe(pattern, handler);
        }
    }

    /// <inheritdoc/>
    public IDisposable Serve(string pattern, BusAnswerer answer)
    {
        lock (_core.Gate)
        {
            return _core.Serve(pattern, answer);
        }
    }

    /// <inheritdoc/>
    public void Request(string subject, ReadOnlySpan<byte> payload, int timeoutMs, BusAnswerHandler taken)
    {
        BusSubject.Check(subject);
        BusCore.CheckLength(payload.Length, BusLimits.PayloadBytes, "payload");
        BusCore.CheckTimeout(timeoutMs);
        MeshTime time = MeshNow();
        byte[] copy = payload.ToArray();
        lock (_core.Gate)
        {
            CheckWritable();
            BusRequest request = new(subject, _options.HostClock().Add(timeoutMs * 1_000_000L), timeoutMs, taken);
            uint number = _core.Await(request);
            _core.CountSent();
            if (_core.ServerOf(subject) is { } server)
            {
                _core.Post(null, () => AnswerHere(number, server, subject, copy, time));
            }
            else
            {
                AskAll(number, request, FrameWriter.Request(number, subject, time, copy));
            }
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
            return TableOf(name, isAskedFor: true)
                ?? throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"There are {BusLimits.Tables} tables.") { Allowed = $"{BusLimits.Tables}" };
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

        Session.Attach(null);
        _thread?.Dispose();
        _core.Drain();
        _ownHost?.Dispose();
    }

    void ISessionLink.Take(ulong peerId, MessageType type, ReadOnlySpan<byte> body)
    {
        _inbox.Put(peerId, type, body);
        _core.Wake();
    }

    void ITableLink.CheckWritable() => CheckWritable();

    void ITableLink.Written(BusTable table, BusEntry entry) => SendToAll(FrameWriter.Entry(table.Name, entry), table);

    long ITableLink.PendingOf(BusTable table) => _channels.Values.Where(channel => channel.IsPresent).Sum(channel => channel.PendingOf(table));

    private void CheckWritable()
    {
        ObjectDisposedException.ThrowIf(_core.IsDisposed, this);
        if (Failure is { } failure)
        {
            throw new AudioMeshException(failure.Kind, failure.Message) { Field = failure.Field, Allowed = failure.Allowed };
        }
    }

    private MeshTime MeshNow() => Timebase.State == TimebaseState.Acquiring ? MeshTime.Unknown : Timebase.ToMesh(_options.HostClock());

    // What others invent takes no room from what this host asks for.
    private BusTable? TableOf(string name, bool isAskedFor = false)
    {
        bool isKnown = _tables.TryGetValue(name, out BusTable? table);
        bool needsRoom = isAskedFor ? !_asked.Contains(name) : !isKnown;
        if (needsRoom && (isAskedFor ? _asked.Count : _tables.Count - _asked.Count) >= BusLimits.Tables)
        {
            return null;
        }

        if (!isKnown)
        {
            _tables.Add(name, table = new BusTable(name, _core, this));
        }

        _ = isAskedFor && _asked.Add(name);
        return table;
    }
}
