// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Transport;

/// <summary>
/// Owns this host's transport and moves it as the mesh's directors say: an order is prepared first, then fired. It says how the transport stands, keeps to the mesh's tempo,
/// and falls in with what the mesh plays when it comes late. Any thread; <see cref="Tick"/> has to be called some 50 times a second, by one.
/// </summary>
public sealed partial class TransportAgent : IDisposable
{
    private const long StaleNs = 1_000_000_000;
    private const long StatusNs = 100_000_000;
    private const int MostPrepared = 64;
    private readonly Lock _gate = new();
    private readonly IMeshBus _bus;
    private readonly MeshTimebase _timebase;
    private readonly TransportAgentOptions _options;
    private readonly IBusTable _table;
    private readonly List<IDisposable> _ears = [];
    private readonly Dictionary<ulong, PreparedOrder> _prepared = [];
    private readonly Dictionary<ulong, PreparedOrder> _fired = [];
    private readonly Queue<TransportAgentEvent> _news = [];
    private readonly TransportFollower _follower = new();
    private TransportTimeline? _timeline;
    private TransportOutcome? _last;
    private MeshTime _lastStatus = MeshTime.Unknown;
    private bool _isArmed;
    private TempoMap _tempo = TempoMap.Default;

    /// <summary>
    /// The agent of the host that <paramref name="bus"/> is of. It owns <paramref name="transport"/>; the bus and <paramref name="timebase"/> are others'. Throws what the bus throws.
    /// </summary>
    public TransportAgent(IMeshBus bus, ITransport transport, MeshTimebase timebase, TransportAgentOptions? options = null)
    {
        (_bus, Transport, _timebase, _options) = (bus, transport, timebase, options ?? new TransportAgentOptions());
        Click = new ClickTrack(timebase);
        _table = bus.Table(AgentSubjects.Table);
        Serve("prepare", AgentJson.ReadOrder, Prepare);
        Serve("fire", static json => AgentJson.ReadId(json, "id"), Fire);
        Serve("cancel", static json => AgentJson.ReadId(json, "id"), TakeBack);
        Serve("arm", static json => json.GetProperty("armed").GetBoolean(), armed =>
        {
            Arm(armed);
            return default;
        });
        transport.UseTempo(_tempo);
        _ears.Add(_table.Watch(">", TakeEntry));
    }

    /// <summary>Something happened; on the thread that calls <see cref="Tick"/>.</summary>
    public event Action<TransportAgentEvent>? Happened;

    /// <summary>This host's name on the mesh.</summary>
    public string Name => _bus.Name;

    /// <summary>The transport.</summary>
    public ITransport Transport { get; }

    /// <summary>The click that goes with it, for <see cref="ClickNode"/>.</summary>
    public ClickTrack Click { get; }

    /// <summary>Whether recording is armed.</summary>
    public bool IsArmed
    {
        get
        {
            lock (_gate)
            {
                return _isArmed;
            }
        }
    }

    /// <summary>The mesh's tempo.</summary>
    public TempoMap Tempo
    {
        get
        {
            lock (_gate)
            {
                return _tempo;
            }
        }
    }

    /// <summary>What the mesh plays, as far as it was told; null before anything.</summary>
    public TransportTimeline? Timeline
    {
        get
        {
            lock (_gate)
            {
                return _timeline;
            }
        }
    }

    /// <summary>
    /// An order of this host's own, to be carried out without asking anybody. Says why not, as for a director's; see <see cref="TransportRefusal.Code"/>.
    /// </summary>
    public TransportRefusal Submit(TransportOrder order)
    {
        lock (_gate)
        {
            PreparedOrder own = new(order, 0, 0, double.PositiveInfinity, 0);
            TransportRefusal refusal = Refuse(own);
            refusal = refusal.IsNone ? Give(own) : refusal;
            _left = refusal.IsNone && _timeline is { } line ? line.Id : _left; // from now on it goes its own way, until the mesh is ordered something else
            return refusal;
        }
    }

    /// <summary>Takes an order back, prepared or fired. False where it is too late, or there is none.</summary>
    public bool Cancel(ulong id)
    {
        lock (_gate)
        {
            return _prepared.ContainsKey(id) || _fired.ContainsKey(id) ? TakeBack(id).IsNone : false;
        }
    }

    /// <summary>Arms or disarms recording on this host.</summary>
    public void Arm(bool isArmed)
    {
        lock (_gate)
        {
            if (_isArmed != isArmed)
            {
                _isArmed = isArmed;
                Tell(isArmed ? TransportAgentEventKind.Armed : TransportAgentEventKind.Disarmed);
            }
        }
    }

    /// <summary>Sets tempo and meter of the whole mesh.</summary>
    public void SetTempo(TempoMap tempo) => _table.Put(AgentSubjects.Tempo, AgentJson.WriteTempo(tempo));

    /// <summary>How the transport stands.</summary>
    public HostStatus GetStatus()
    {
        lock (_gate)
        {
            return StatusAt(_options.HostClock());
        }
    }

    /// <summary>Does what is due at <paramref name="hostNow"/> of this host's clock.</summary>
    public void Tick(MeshTime hostNow)
    {
        List<TransportAgentEvent> news;
        lock (_gate)
        {
            TakeOutcomes();
            Expire(hostNow);
            Follow(hostNow);
            WatchDrift(hostNow);
            KeepEpoch(hostNow);
            news = [.. _news];
            _news.Clear();
        }

        if (!_lastStatus.IsKnown || hostNow - _lastStatus >= StatusNs || hostNow < _lastStatus)
        {
            _lastStatus = hostNow;
            _bus.Publish(AgentSubjects.Of(Name, "status"), StatusJson.Write(GetStatus()));
        }

        foreach (TransportAgentEvent happened in news)
        {
            Happened?.Invoke(happened);
        }
    }

    /// <summary>Leaves the mesh. The transport is let go, and goes on as it does where it is not this process's own.</summary>
    public void Dispose()
    {
        foreach (IDisposable ear in _ears)
        {
            ear.Dispose();
        }

        Transport.Dispose();
    }

    private void Tell(TransportAgentEventKind kind, TransportOrder? order = null, TransportOutcome? outcome = null, double? errorFrames = null) =>
        _news.Enqueue(new TransportAgentEvent(kind, order, outcome, errorFrames));

    private HostStatus StatusAt(MeshTime hostNow)
    {
        TimebaseReading time = _timebase.Read();
        TransportReading reading = Transport.Read();
        TransportRefusal refusal = RefuseNow(hostNow, time, reading);
        return new HostStatus
        {
            Host = Name,
            Driver = Transport.Driver,
            Rate = Transport.Rate,
            PeriodFrames = reading.BlockFrames,
            State = reading.State,
            Frame = reading.Frame,
            At = reading.At,
            ErrorFrames = _follower.ErrorFrames(reading),
            HasStrayed = _hasStrayed,
            DriftPpm = _follower.DriftPpm(reading, Transport.Rate),
            BoundNs = time.Map.ErrorAt(time.Map.ToMesh(hostNow.Nanoseconds)),
            TimeState = time.State,
            MeshId = time.MeshId,
            NotReady = refusal.Code ?? "",
            IsArmed = _isArmed,
            SharesBeats = Transport.SharesBeats,
            Xruns = reading.Xruns,
            LeadNs = LeadNs(hostNow, reading),
            Last = _last,
        };
    }

    // From now, not from when the last block is heard, which is later.
    private long LeadNs(MeshTime hostNow, in TransportReading reading)
    {
        long aheadNs = reading.HostTime.IsKnown ? Math.Clamp(reading.HostTime - hostNow, 0, StaleNs) : 0;
        return Transport.LeastLeadNs + aheadNs + (long)(2 * reading.BlockFrames * reading.NsPerFrame);
    }
}
