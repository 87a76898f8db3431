// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Transport;

/// <content>Orders: prepared, fired, taken back.</content>
public sealed partial class TransportAgent
{
    private void Serve<T>(string what, Func<JsonElement, T> read, Func<T, TransportRefusal> act) =>
        _ears.Add(_bus.Serve(AgentSubjects.Of(Name, what), (in Bus.BusMessage request) =>
        {
            T asked = AgentJson.Read(request.Payload, read);
            lock (_gate)
            {
                return AgentJson.WriteAnswer(act(asked));
            }
        }));

    private TransportRefusal Prepare(PreparedOrder prepared)
    {
        ulong id = prepared.Order.Id;
        if (_prepared.TryGetValue(id, out PreparedOrder? known) || _fired.TryGetValue(id, out known))
        {
            return known == prepared ? default : new TransportRefusal("id_reused", $"Another order is called {id:x16}.");
        }

        if (_prepared.Count == MostPrepared)
        {
            return new TransportRefusal("busy", $"{MostPrepared} orders are prepared already.");
        }

        TransportRefusal refusal = Refuse(prepared);
        if (refusal.IsNone)
        {
            _prepared.Add(id, prepared);
            Tell(TransportAgentEventKind.Prepared, prepared.Order);
        }

        return refusal;
    }

    private TransportRefusal Fire(ulong id)
    {
        if (_fired.ContainsKey(id))
        {
            return default;
        }

        if (!_prepared.TryGetValue(id, out PreparedOrder? prepared))
        {
            return new TransportRefusal("unknown_id", $"No order {id:x16} is prepared.");
        }

        TransportRefusal refusal = Refuse(prepared);
        return refusal.IsNone ? Give(prepared) : refusal;
    }

    private TransportRefusal TakeBack(ulong id)
    {
        if (_prepared.Remove(id, out PreparedOrder? prepared))
        {
            Tell(TransportAgentEventKind.Cancelled, prepared.Order);
            return default;
        }

        if (!_fired.TryGetValue(id, out PreparedOrder? fired))
        {
            return default;
        }

        if (!Transport.Cancel(id))
        {
            return new TransportRefusal("too_late", $"Order {id:x16} is being carried out, or was.");
        }

        Click.Forget(id);
        Tell(TransportAgentEventKind.Cancelled, fired.Order);
        return default;
    }

    private TransportRefusal Give(PreparedOrder prepared)
    {
        TransportRefusal refusal = Transport.Schedule(prepared.Order);
        if (!refusal.IsNone)
        {
            return refusal;
        }

        DropRelocation();
        _prepared.Remove(prepared.Order.Id);
        _fired[prepared.Order.Id] = prepared;
        long frame = prepared.Order.Frame ?? Transport.Read().Frame;
        Click.Expect(prepared.Order with { Frame = frame }, prepared.CountInBeats, Transport.Rate, _tempo);
        Tell(TransportAgentEventKind.Fired, prepared.Order);
        return default;
    }

    private TransportRefusal Refuse(PreparedOrder prepared)
    {
        TransportOrder order = prepared.Order;
        TimebaseReading time = _timebase.Read();
        TransportReading reading = Transport.Read();
        MeshTime hostNow = _options.HostClock();
        double aheadNs = (double)order.At.Nanoseconds - time.Map.ToMesh(hostNow.Nanoseconds).Nanoseconds;
        if (aheadNs < 0)
        {
            return new TransportRefusal("past", $"That was {-aheadNs * 1e-9:F3} s ago.");
        }

        if (aheadNs > OrderRules.MostAheadNs)
        {
            return new TransportRefusal("too_far", $"That is in {aheadNs * 1e-9:F1} s; at most an hour ahead.");
        }

        if (RefuseNow(hostNow, time, reading) is { IsNone: false } notNow)
        {
            return notNow;
        }

        if (prepared.MeshId != 0 && prepared.MeshId != time.MeshId)
        {
            return new TransportRefusal("mesh", "This host keeps the time of another mesh.");
        }

        if (prepared.Rate != 0 && order.Frame is not null && prepared.Rate != Transport.Rate)
        {
            return new TransportRefusal("rate", $"This transport counts {Transport.Rate} frames a second, not {prepared.Rate}.");
        }

        if (order.Action == TransportAction.Start && order.Frame is null && reading.State == TransportState.Rolling)
        {
            return new TransportRefusal("rolling", "The transport rolls already.");
        }

        double boundNs = time.Map.ErrorAt(order.At);
        return boundNs > prepared.MaxBoundNs
            ? new TransportRefusal("bound", $"This host's clock is known to {boundNs * 1e-3:F1} us then; {prepared.MaxBoundNs * 1e-3:F1} are asked for.")
            : OrderRules.Refuse(order, Transport);
    }

    private TransportRefusal RefuseNow(MeshTime hostNow, in TimebaseReading time, in TransportReading reading)
    {
        if (Transport.LostReason is { Length: > 0 } reason)
        {
            return new TransportRefusal("lost", reason);
        }

        if (!reading.HostTime.IsKnown || hostNow - reading.HostTime > StaleNs)
        {
            return new TransportRefusal("lost", $"The {Transport.Driver} transport's device does not run.");
        }

        return time.State == TimebaseState.Acquiring ? new TransportRefusal("clock", "This host does not know the mesh's time yet.") : default;
    }

    private void TakeOutcomes()
    {
        while (Transport.TryTakeOutcome(out TransportOutcome outcome))
        {
            _last = outcome;
            _fired.TryGetValue(outcome.Id, out PreparedOrder? fired);
            bool rolls = outcome.Action is TransportAction.Start or TransportAction.LocateStart || Transport.Read().State == TransportState.Rolling;
            if (outcome.Result is TransportResult.Done or TransportResult.Late)
            {
                TransportReading first = Transport.Read();
                _follower.Begin(rolls && outcome.Action != TransportAction.Stop ? LineOf(outcome) : null, first);
                EndStraying();
            }
            else if (outcome.Result is TransportResult.Missed or TransportResult.Overridden)
            {
                Click.Forget(outcome.Id);
                EndStraying();
                NoteFailure(outcome);
            }

            Tell(TransportAgentEventKind.Outcome, fired?.Order, outcome);
        }
    }

    // Who falls in is measured against what the mesh plays, not against the frame it fell in at, which was rounded.
    private TransportTimeline LineOf(in TransportOutcome outcome) => outcome.Id == _relocationId && _follower.Line is { } kept ? kept : _timeline is { IsRolling: true } line && (line.Id == outcome.Id || outcome.Id == _fallInId)
        ? line
        : new TransportTimeline(outcome.Id, true, outcome.At, outcome.Frame, Transport.Rate, 0, 0, double.PositiveInfinity, []);

    private void Expire(MeshTime hostNow)
    {
        MeshTime now = _timebase.ToMesh(hostNow);
        foreach (PreparedOrder prepared in _prepared.Values.Where(prepared => prepared.Order.At < now).ToArray())
        {
            _prepared.Remove(prepared.Order.Id);
            Tell(TransportAgentEventKind.Expired, prepared.Order);
        }

        foreach (ulong old in _fired.Where(fired => now - fired.Value.Order.At > 2 * OrderRules.MostAheadNs / 60).Select(fired => fired.Key).ToArray())
        {
            _fired.Remove(old);
        }
    }
}
