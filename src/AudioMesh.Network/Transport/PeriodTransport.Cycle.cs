// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <content>The device thread.</content>
public sealed partial class PeriodTransport
{
    private const double PatienceNs = 3e9;

    /// <summary>A longer delay than these is of somebody who was not ready, and not of the server.</summary>
    private const int MostLag = 4;

    private const int MostCorrections = 3;

    /// <summary>Frames by which a start may be off before it is located again, where that is heard, and while nothing is heard yet.</summary>
    private const double MostError = 1.5;
    private const double MostErrorHeld = 0.75;

    /// <summary>Locating takes a cycle, and then the transport has to be held for another one.</summary>
    private const int AimCycles = 2;

    /// <summary>Who was slow may be a little slower the next time.</summary>
    private const double LeadMargin = 1.25;

    private Step _step;
    private TransportOrder? _order;
    private long _cycle;
    private long _stepSince;
    private long _target;
    private long _asked;
    private MeshTime _askedAt;
    private EdgePlan _plan;
    private int _corrections;
    private double _stopFrame;
    private long _extra;
    private bool _sawStarting;
    private volatile bool _isHeld;
    private volatile int _startLag = 2;
    private int _stopLag = 1;

    private enum Step
    {
        None,
        Held,
        Released,
        Stopping,
        Locating,
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public bool IsReady() => !_isHeld;

    /// <inheritdoc/>
    [RealtimeSafe]
    public void Cycle(in TransportCycle cycle)
    {
        _cycle++;
        _pace.Add(cycle.DeviceFrame, cycle.OutputTime);
        ClockMap map = _timebase.Read().Map;
        MeshTime start = map.ToMesh(cycle.OutputTime.Nanoseconds);
        Edge edge = new(cycle, start, _pace.NsPerFrame * map.Rate, map.ErrorAt(start) + _pace.StrayNs);
        switch (_step)
        {
            case Step.None:
                BeginNext(edge);
                break;
            case Step.Held:
                AwaitRelease(edge);
                break;
            case Step.Released:
                AwaitRolling(edge);
                break;
            case Step.Stopping:
                AwaitStopped(edge);
                break;
            case Step.Locating:
                AwaitLocated(edge);
                break;
        }

        _box.Write(new TransportReading(
            cycle.State, cycle.Frame, edge.Start, cycle.OutputTime, edge.NsPerFrame, edge.BoundNs, cycle.Frames, _transport.Xruns));
    }

    [RealtimeSafe]
    private void BeginNext(in Edge edge)
    {
        if (_book.Next() is not { } pending)
        {
            return;
        }

        TransportOrder order = pending.Order;
        double ahead = edge.FramesTo(order.At);
        bool isRolling = edge.Cycle.State == TransportState.Rolling;
        bool rolls = order.Action is TransportAction.Start or TransportAction.LocateStart || (order.Action == TransportAction.Locate && isRolling);
        double lead = rolls ? (Volatile.Read(ref _leadNs) / edge.NsPerFrame) + ((_startLag + SpareCycles) * edge.Cycle.Frames) : (_stopLag * edge.Cycle.Frames) - 0.5;
        if (ahead > lead || !pending.TryTake())
        {
            return;
        }

        (_order, _corrections, _extra, _asked, _askedAt) = (order, 0, 0, order.Frame ?? edge.Cycle.Frame, order.At);
        bool isIdle = (order.Action == TransportAction.Start && order.Frame is null && isRolling) || (order.Action == TransportAction.Stop && edge.Cycle.State == TransportState.Stopped);
        if (isIdle)
        {
            End(edge, TransportResult.Idle, 0, 0);
        }
        else if (rolls)
        {
            Hold(edge, 0);
        }
        else if (order.Action == TransportAction.Stop)
        {
            double frame = order.Frame ?? (isRolling ? edge.Cycle.Frame + ahead : edge.Cycle.Frame);
            (_stopFrame, _asked) = (frame, (long)Math.Max(0, Math.Round(frame)));
            _transport.Stop();
            Enter(Step.Stopping);
        }
        else
        {
            _stopFrame = _asked;
            _transport.Locate(_asked);
            Enter(Step.Locating);
        }
    }

    [RealtimeSafe]
    private void Hold(in Edge edge, long leadCycles)
    {
        _plan = EdgePlan.For(_asked, edge.FramesTo(_askedAt), edge.Cycle.Frames, _startLag + SpareCycles + leadCycles);
        _target = _cycle + _plan.Cycles;
        _isHeld = true;
        _transport.Locate(_plan.Frame);
        _transport.Start();
        Enter(Step.Held);
    }

    [RealtimeSafe]
    private void AwaitRelease(in Edge edge)
    {
        long left = _target - _startLag - _cycle;
        if (left == AimCycles)
        {
            AimAgain(edge);
        }
        else if (left <= 0)
        {
            _isHeld = false;
            Enter(Step.Released);
        }
    }

    // The device may have stumbled since. Who is slow begins anew then: not for what would not be corrected afterwards.
    [RealtimeSafe]
    private void AimAgain(in Edge edge)
    {
        double error = _plan.Frame - _asked + edge.FramesTo(_askedAt) - ((_target - _cycle) * (double)edge.Cycle.Frames);
        double allowed = Volatile.Read(ref _leadNs) > FirstLeadNs ? MostError : MostErrorHeld;
        EdgePlan again = _plan.MovedBy((long)Math.Round(-error));
        if (Math.Abs(error) > allowed && again.Frame >= 0)
        {
            _plan = again;
            _transport.Locate(again.Frame);
        }
    }

    [RealtimeSafe]
    private void AwaitRolling(in Edge edge)
    {
        _sawStarting |= edge.Cycle.State == TransportState.Starting;
        if (edge.Cycle.State == TransportState.Rolling && (_sawStarting || _cycle - _stepSince > 1))
        {
            int lag = (int)Math.Min(_cycle - _stepSince, int.MaxValue);
            double error = edge.Cycle.Frame - _asked + edge.FramesTo(_askedAt);
            bool wasInTime = lag == _startLag;
            _startLag = lag is > 0 and <= MostLag ? lag : _startLag;
            if (Math.Abs(error) < MostError || _corrections == MostCorrections)
            {
                End(edge, _plan.Missed > edge.Cycle.Frames ? TransportResult.Late : TransportResult.Done, error, _plan.Missed);
                return;
            }

            if (!wasInTime && lag > MostLag)
            {
                double tookNs = _leadNs + (lag * edge.Cycle.Frames * edge.NsPerFrame);
                Volatile.Write(ref _leadNs, (long)Math.Min(MostLeadNs, tookNs * LeadMargin));
            }

            _corrections++;
            Hold(edge, lag > MostLag ? (long)(_leadNs / (edge.Cycle.Frames * edge.NsPerFrame)) : 0);
        }
        else if (edge.Cycle.State == TransportState.Stopped && _sawStarting)
        {
            End(edge, TransportResult.Overridden, 0, 0);
        }
        else
        {
            WatchPatience(edge);
        }
    }

    [RealtimeSafe]
    private void AwaitStopped(in Edge edge)
    {
        if (edge.Cycle.State != TransportState.Stopped)
        {
            WatchPatience(edge);
            return;
        }

        _stopLag = (int)Math.Clamp(_cycle - _stepSince, 1, MostLag);
        _extra = Math.Max(0, (long)Math.Round(-edge.FramesTo(_askedAt)));
        _transport.Locate(_asked);
        Enter(Step.Locating);
    }

    [RealtimeSafe]
    private void AwaitLocated(in Edge edge)
    {
        if (edge.Cycle.State == TransportState.Stopped && edge.Cycle.Frame == _asked)
        {
            End(edge, TransportResult.Done, _asked - _stopFrame, 0);
        }
        else
        {
            WatchPatience(edge);
        }
    }

    [RealtimeSafe]
    private void WatchPatience(in Edge edge)
    {
        if ((_cycle - _stepSince) * edge.Cycle.Frames * edge.NsPerFrame > PatienceNs)
        {
            End(edge, TransportResult.Missed, 0, 0);
        }
    }

    [RealtimeSafe]
    private void Enter(Step step)
    {
        _step = step;
        _stepSince = _cycle;
        _sawStarting &= step == Step.Released;
    }

    [RealtimeSafe]
    private void End(in Edge edge, TransportResult result, double error, long missed)
    {
        TransportOrder order = _order!;
        long extra = _step == Step.Released ? _plan.Extra : _extra;
        _outcomes.TryPush(new TransportOutcome(
            order.Id, order.Action, result, order.At, _asked, edge.Start, edge.Cycle.Frame, error, edge.BoundNs, missed, extra, _corrections));
        _isHeld = false;
        _order = null;
        Enter(Step.None);
    }

    /// <summary>A period in mesh time.</summary>
    private readonly record struct Edge(TransportCycle Cycle, MeshTime Start, double NsPerFrame, double BoundNs)
    {
        [RealtimeSafe]
        public double FramesTo(MeshTime time) => (time - Start) / NsPerFrame;
    }
}
