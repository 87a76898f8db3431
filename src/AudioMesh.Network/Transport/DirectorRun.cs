// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Transport;

/// <summary>
/// One order of a director, from asking to its outcome: all named hosts prepare it, and when all of them or a quorum are ready in time it is fired, else called off at every one.
/// A host that is lost after that does not hold up the others. Any thread; <see cref="Tick"/> by one.
/// </summary>
public sealed partial class DirectorRun
{
    private const int RequestMs = 250;
    private const long OutcomePatienceNs = 4_000_000_000;
    private readonly Lock _gate = new();
    private readonly TransportDirector _director;
    private readonly IMeshBus _bus;
    private readonly SortedDictionary<string, Seat> _seats = new(StringComparer.Ordinal);
    private MeshTime _lookUntil = MeshTime.Unknown;
    private MeshTime _prepareUntil;
    private MeshTime _fireUntil;
    private MeshTime _settleUntil;
    private PreparedOrder? _prepared;

    internal DirectorRun(TransportDirector director, IMeshBus bus, DirectorPlan plan, ulong id)
    {
        (_director, _bus, Plan, Id) = (director, bus, plan, id);
        foreach (string host in plan.Hosts)
        {
            _seats[host] = new Seat(host);
        }
    }

    /// <summary>What was asked for.</summary>
    public DirectorPlan Plan { get; }

    /// <summary>The order's id.</summary>
    public ulong Id { get; }

    /// <summary>How far it is.</summary>
    public DirectorPhase Phase { get; private set; }

    /// <summary>When it is heard, or was; not known before it is decided.</summary>
    public MeshTime At => _prepared?.Order.At ?? MeshTime.Unknown;

    /// <summary>The frame asked for then; null while it is not decided, or where every host's own is meant.</summary>
    public long? Frame => _prepared?.Order.Frame;

    /// <summary>Whether nothing more comes of it.</summary>
    public bool IsOver => Phase is DirectorPhase.Done or DirectorPhase.Refused or DirectorPhase.Aborted;

    /// <summary>What it came to at each host.</summary>
    public IReadOnlyList<DirectorHostState> Hosts
    {
        get
        {
            lock (_gate)
            {
                return [.. _seats.Values.Select(seat => new DirectorHostState(seat.Host, seat.IsReady, seat.IsFired, seat.Refusal, seat.Outcome))];
            }
        }
    }

    /// <summary>Calls it off wherever it was not carried out yet. Too late, once it was.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            if (IsOver)
            {
                return;
            }

            CancelAll();
            if (Phase is DirectorPhase.Firing or DirectorPhase.Fired)
            {
                _director.Withdraw(this);
            }

            Phase = DirectorPhase.Aborted;
        }
    }

    /// <summary>Does what is due at <paramref name="hostNow"/>, by this host's clock.</summary>
    public void Tick(MeshTime hostNow)
    {
        MeshTime now = _director.ToMesh(hostNow);
        lock (_gate)
        {
            switch (Phase)
            {
                case DirectorPhase.Looking:
                    Look(now);
                    break;
                case DirectorPhase.Preparing:
                    Prepare(now);
                    break;
                case DirectorPhase.Firing:
                    Fire(now);
                    break;
                case DirectorPhase.Fired:
                    Settle(now);
                    break;
            }
        }
    }

    private sealed class Seat(string host)
    {
        public string Host => host;

        public bool IsAsked { get; set; }

        public bool IsReady { get; set; }

        public bool IsFired { get; set; }

        public bool IsOut => !Refusal.IsNone;

        public TransportRefusal Refusal { get; set; }

        public TransportOutcome? Outcome { get; set; }
    }
}
