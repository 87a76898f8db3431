// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Hub;

/// <summary>
/// A hub in a session: gives a seat to every member that asks for one, hears its stream, and sends it a mix of all others as it wishes (docs/hub.md). Three threads:
/// the network's brings requests, a worker's calls <see cref="Maintain"/>, the mixing thread calls <see cref="Process"/> each period and neither waits nor allocates. Without periods nobody leaves.
/// </summary>
public sealed partial class HubServer : IControlHandler, IDisposable
{
    private const int MostEvents = 256;

    private readonly Lock _gate = new();
    private readonly HubServerOptions _options;
    private readonly ToastSession _session;
    private readonly HubMixer _mixer;
    private readonly HubInbox _inbox = new();
    private readonly List<HubGuest> _guests = [];
    private readonly List<HubGuest> _leaving = [];
    private readonly Queue<HubEvent> _events = new();
    private HubLine[] _lines = [];
    private long _periods;
    private bool _isDisposed;

    /// <summary>A hub without clients, which takes the session's control messages. Throws InvalidArgument.</summary>
    public HubServer(HubServerOptions options, ToastSession session)
    {
        options.Validate();
        (_options, _session) = (options, session);
        _mixer = new HubMixer(options.Mix);
        _watchAt = options.HostClock();
        session.Control = this;
    }

    /// <summary>Frames of a period.</summary>
    public int PeriodFrames => _mixer.PeriodFrames;

    /// <summary>Frames a second.</summary>
    public int Rate => _options.Rate;

    /// <summary>Periods done. Any thread.</summary>
    public long Periods => Volatile.Read(ref _periods);

    /// <summary>What mixing alone took in each. Any thread.</summary>
    public LatencyHistogram MixCost => _mixer.Cost;

    /// <summary>What each whole period took: receiving, mixing, sending. Any thread.</summary>
    public LatencyHistogram PeriodCost { get; } = new();

    /// <summary>Requests that were too long or too many. Any thread.</summary>
    public long DroppedRequests => _inbox.Dropped;

    /// <summary>All clients, in order of coming. Any thread but the mixing one.</summary>
    public IReadOnlyList<HubClientStatus> Clients
    {
        get
        {
            lock (_gate)
            {
                return [.. _guests.Select(StatusOf)];
            }
        }
    }

    /// <summary>Takes the oldest event not taken yet, of the last 256. Any thread but the mixing one.</summary>
    public bool TryTakeEvent([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HubEvent? taken)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out taken);
        }
    }

    /// <inheritdoc/>
    void IControlHandler.Take(ulong peerId, string peerName, ReadOnlySpan<byte> json) => _inbox.Put(peerId, json);

    /// <summary>Hears, mixes and sends one period, which begins at <paramref name="due"/> by this host's clock. The mixing thread.</summary>
    public void Process(MeshTime due)
    {
        MeshTime begin = MeshClock.Now;
        HubLine[] lines = Volatile.Read(ref _lines);
        TimebaseReading timebase = _session.Timebase.Read();
        MeshTime meshTime = timebase.State == TimebaseState.Acquiring ? MeshTime.Unknown : timebase.Map.ToMesh(due.Nanoseconds);
        foreach (HubLine line in lines)
        {
            line.Hear(due, meshTime, lines.Length);
        }

        _options.Device?.Write(_mixer.Planes.Sources.Span);
        _mixer.Mix();
        foreach (HubLine line in lines)
        {
            line.Say(meshTime);
        }

        PeriodCost.Add(MeshClock.Now - begin);
        Volatile.Write(ref _periods, _periods + 1);
    }

    /// <summary>Leaves out frames that there was no time for. The mixing thread.</summary>
    public void Skip(long frames)
    {
        foreach (HubLine line in Volatile.Read(ref _lines))
        {
            line.Skip(frames);
        }
    }

    /// <summary>Gives all streams back and finishes all files. No other thread uses it any more; the session is still there.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            Volatile.Write(ref _lines, []);
            foreach (HubGuest guest in _guests.Concat(_leaving))
            {
                DisposeOf(guest);
            }

            _guests.Clear();
            _leaving.Clear();
        }
    }

    private static HubClientStatus StatusOf(HubGuest guest) => new(
        guest.Seat.Id,
        guest.Join.Name,
        guest.PeerId,
        !guest.AbsentSince.IsKnown,
        guest.Seat.SendChannels,
        guest.Seat.ReceiveChannels,
        guest.Line.Incoming?.Receiver?.Statistics,
        guest.Line.Incoming?.Receiver?.Options.Rate ?? 0,
        guest.Line.Outgoing?.Sender.Statistics,
        guest.Line.Peak,
        guest.Line.Stem?.Path ?? "",
        guest.Line.Stem?.WrittenFrames ?? 0,
        guest.Line.Stem?.LostFrames ?? 0);

    private static void DisposeOf(HubGuest guest)
    {
        guest.Line.Incoming?.Dispose();
        guest.Line.Outgoing?.Dispose();
        guest.Line.Stem?.Dispose();
    }

    private void Tell(HubEventKind kind, MeshTime hostNow, string client, string reason = "")
    {
        if (_events.Count == MostEvents)
        {
            _events.Dequeue();
        }

        _events.Enqueue(new HubEvent(kind, hostNow, client, reason));
    }
}
