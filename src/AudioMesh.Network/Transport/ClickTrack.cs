// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// The beats of a transport in mesh time, from the tempo map and the orders that start and stop it: the same on every host. It is an agent's, or an app's own.
/// </summary>
public sealed class ClickTrack
{
    private readonly MeshTimebase _timebase;
    private ClickPlan? _plan;

    /// <summary>Nothing to click yet, by the mesh time of <paramref name="timebase"/>.</summary>
    public ClickTrack(MeshTimebase timebase) => _timebase = timebase;

    /// <summary>
    /// Follows an order: clicks <paramref name="countInBeats"/> beats before one that starts, and on from there; falls silent at one that stops. One control thread at a time.
    /// </summary>
    public void Expect(TransportOrder order, int countInBeats, int rate, TempoMap tempo)
    {
        ClickPlan? now = _plan;
        bool starts = order.Action is TransportAction.Start or TransportAction.LocateStart || (order.Action == TransportAction.Locate && now is not null);
        if (starts && order.Frame is { } frame && rate > 0)
        {
            Volatile.Write(ref _plan, new ClickPlan(order.Id, order.At, (double)frame / rate, countInBeats, 0, MeshTime.Unknown, tempo));
        }
        else if (order.Action == TransportAction.Stop && now is not null)
        {
            Volatile.Write(ref _plan, now with { StopId = order.Id, StopAt = order.At });
        }
    }

    /// <summary>Takes back what came of an order. One control thread at a time.</summary>
    public void Forget(ulong orderId)
    {
        if (_plan is { } plan && plan.OrderId == orderId)
        {
            Volatile.Write(ref _plan, null);
        }
        else if (_plan is { } stopping && stopping.StopId == orderId)
        {
            Volatile.Write(ref _plan, stopping with { StopId = 0, StopAt = MeshTime.Unknown });
        }
    }

    /// <summary>Another tempo from now on. One control thread at a time.</summary>
    public void Use(TempoMap tempo)
    {
        if (_plan is { } plan)
        {
            Volatile.Write(ref _plan, plan with { Tempo = tempo });
        }
    }

    /// <summary>
    /// The first beat at or after <paramref name="hostOutput"/>, when something leaves this host's device by its own clock; <paramref name="afterNs"/> nanoseconds of mesh time after it. False: none to come.
    /// </summary>
    [RealtimeSafe]
    public bool TryNext(MeshTime hostOutput, out double afterNs, out bool isStressed)
    {
        (afterNs, isStressed) = (0, false);
        if (Volatile.Read(ref _plan) is not { } plan)
        {
            return false;
        }

        MeshTime time = _timebase.ToMesh(hostOutput);
        double seconds = (time - plan.At) * 1e-9;
        TempoPoint beat = plan.Tempo.BeatFrom(plan.StartSeconds + Math.Max(0, seconds));
        double beatNs = ((beat.Seconds - plan.StartSeconds) - seconds) * 1e9;
        bool counts = seconds < -1e-9 && TryCountIn(plan, seconds, out beatNs, out isStressed);
        isStressed = counts ? isStressed : beat.Beat == 0;
        afterNs = Math.Max(0, beatNs);
        return !plan.StopAt.IsKnown || time.Add((long)afterNs) < plan.StopAt;
    }

    // Counted back from the start, so that the last beat of it is one beat before.
    [RealtimeSafe]
    private static bool TryCountIn(ClickPlan plan, double seconds, out double beatNs, out bool isStressed)
    {
        TempoPoint first = plan.Tempo.BeatFrom(plan.StartSeconds);
        int left = Math.Min(plan.CountInBeats, (int)Math.Floor((-seconds / first.BeatSeconds) + 1e-9));
        int bar = Math.Max(1, plan.Tempo.BeatsPerBarAt(plan.StartSeconds));
        beatNs = (-seconds - (left * first.BeatSeconds)) * 1e9;
        isStressed = left % bar == 0;
        return left > 0;
    }
}
