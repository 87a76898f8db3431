// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Transport;

/// <content>What each phase does.</content>
public sealed partial class DirectorRun
{
    private const long LookNs = 1_500_000_000;
    private const long HopNs = 20_000_000;

    private void Look(MeshTime now)
    {
        _lookUntil = _lookUntil.IsKnown ? _lookUntil : now.Add(LookNs);
        List<HostStatus> known = [.. _director.Hosts.Where(status => Plan.Hosts.Count == 0 || _seats.ContainsKey(status.Host))];
        bool isComplete = Plan.Hosts.Count > 0 ? known.Count == _seats.Count : known.Count > 0 && _director.HasSettled;
        if (!isComplete && now < _lookUntil)
        {
            return;
        }

        foreach (Seat seat in _seats.Values.Where(seat => !known.Exists(status => status.Host == seat.Host)))
        {
            seat.Refusal = new TransportRefusal("unknown_host", $"No agent of '{seat.Host}' is there.");
        }

        foreach (HostStatus status in known)
        {
            _seats.TryAdd(status.Host, new Seat(status.Host));
        }

        int needed = Plan.Quorum == 0 ? _seats.Count : Plan.Quorum;
        if (known.Count == 0 || known.Count < needed)
        {
            Phase = DirectorPhase.Refused;
            return;
        }

        Decide(now, known);
    }

    private void Decide(MeshTime now, List<HostStatus> known)
    {
        long slowestNs = known.Max(status => status.LeadNs);
        MeshTime at = Plan.At ?? now.Add(Math.Max(Plan.LeadMs * 1_000_000L, slowestNs + (2 * RequestMs * 1_000_000L)) + CountInNs());
        int rate = known[0].Rate;
        long preRoll = (long)Math.Round(Plan.PreRollSeconds * rate);
        bool starts = Plan.Action is TransportAction.Start or TransportAction.LocateStart;
        long? frame = Plan.Frame ?? (starts ? _director.DefaultFrame : _director.StopFrameAt(at, Plan.Action));
        if (starts && preRoll > 0)
        {
            long begin = Math.Max(0, frame!.Value - preRoll);
            at = Plan.At is null ? at : at.Add(-(long)((frame.Value - begin) * 1e9 / rate));
            frame = begin;
        }

        TransportOrder order = new(Id, starts ? TransportAction.LocateStart : Plan.Action, at, frame);
        _prepared = new PreparedOrder(order, frame is null ? 0 : rate, _director.MeshId, Plan.MaxBoundUs * 1000, Plan.CountInBeats);
        _fireUntil = at.Add(-slowestNs);
        if (_fireUntil <= now)
        {
            TransportRefusal tooLate = at <= now
                ? new TransportRefusal("past", $"That was {(now - at) * 1e-9:F3} s ago.")
                : new TransportRefusal("too_soon", $"That is in {(at - now) * 1e-6:F0} ms; the slowest host needs {slowestNs * 1e-6:F0}.");
            foreach (Seat seat in _seats.Values)
            {
                seat.Refusal = seat.IsOut ? seat.Refusal : tooLate;
            }

            Phase = DirectorPhase.Refused;
            return;
        }

        _prepareUntil = now.Add((_fireUntil - now) * 2 / 3);
        Phase = DirectorPhase.Preparing;
        Prepare(now);
    }

    private long CountInNs() => Plan.CountInBeats == 0 ? 0 : (long)(Plan.CountInBeats * _director.Tempo.BeatFrom(0).BeatSeconds * 1e9);

    private void Prepare(MeshTime now)
    {
        foreach (Seat seat in _seats.Values.Where(seat => !seat.IsOut && !seat.IsReady && !seat.IsAsked))
        {
            Ask(seat, "prepare", AgentJson.Write(json => AgentJson.WriteOrder(json, _prepared!)), refusal => (seat.IsReady, seat.Refusal) = (refusal.IsNone, refusal));
        }

        int ready = _seats.Values.Count(seat => seat.IsReady), open = _seats.Values.Count(seat => !seat.IsReady && !seat.IsOut);
        int needed = Plan.Quorum == 0 ? _seats.Count : Plan.Quorum;
        bool isHopeless = ready + open < needed;
        if (open > 0 && now < _prepareUntil && !isHopeless)
        {
            return;
        }

        foreach (Seat seat in _seats.Values.Where(seat => !seat.IsReady && !seat.IsOut))
        {
            seat.Refusal = new TransportRefusal("timeout", $"'{seat.Host}' did not say in time whether it is ready.");
        }

        if (ready < needed || now > _fireUntil)
        {
            CancelAll();
            Phase = DirectorPhase.Refused;
            return;
        }

        // Before anybody is told: whoever misses the message reads it here.
        _director.Commit(this, _prepared!, [.. Plan.Hosts]);
        Phase = DirectorPhase.Firing;
        Fire(now);
    }

    private void Fire(MeshTime now)
    {
        foreach (Seat seat in _seats.Values.Where(seat => seat.IsReady && !seat.IsFired && !seat.IsOut && !seat.IsAsked))
        {
            Ask(seat, "fire", AgentJson.Write(json => AgentJson.WriteId(json, "id", Id)), refusal => (seat.IsFired, seat.Refusal) = (refusal.IsNone, refusal));
        }

        bool isAnswered = _seats.Values.All(seat => seat.IsFired || seat.IsOut);
        if (isAnswered || now > _fireUntil.Add(HopNs))
        {
            _settleUntil = At.Add(OutcomePatienceNs);
            Phase = DirectorPhase.Fired;
        }
    }

    private void Settle(MeshTime now)
    {
        foreach (Seat seat in _seats.Values.Where(seat => seat.IsReady && seat.Outcome is null))
        {
            HostStatus? status = _director.Find(seat.Host);
            if (status?.Last is { } last && last.Id == Id)
            {
                (seat.Outcome, seat.IsFired, seat.Refusal) = (last, true, default);
            }
        }

        bool isComplete = _seats.Values.All(seat => seat.Outcome is not null || (seat.IsOut && !seat.IsReady));
        if (isComplete || now > _settleUntil)
        {
            foreach (Seat seat in _seats.Values.Where(seat => seat.Outcome is null && !seat.IsOut))
            {
                seat.Refusal = new TransportRefusal("lost", $"'{seat.Host}' was ready and has not been heard of since.");
            }

            Phase = DirectorPhase.Done;
        }
    }

    private void CancelAll()
    {
        foreach (Seat seat in _seats.Values)
        {
            _director.Cancel(seat.Host, Id);
        }
    }

    private void Ask(Seat seat, string what, byte[] payload, Action<TransportRefusal> take)
    {
        seat.IsAsked = true;
        _bus.Request(AgentSubjects.Of(seat.Host, what), payload, RequestMs, (in BusAnswer answer) =>
        {
            TransportRefusal? refusal = Read(answer);
            lock (_gate)
            {
                seat.IsAsked = false; // no answer: it is asked again while there is time
                if (refusal is { } told && !IsOver && Phase is DirectorPhase.Preparing or DirectorPhase.Firing or DirectorPhase.Fired)
                {
                    take(told);
                }
            }
        });
    }

    private static TransportRefusal? Read(in BusAnswer answer)
    {
        if (answer.Error is { } error)
        {
            return error.Kind is AudioErrorKind.Timeout or AudioErrorKind.NotFound ? null : new TransportRefusal(error.Kind.ToCode(), error.Message);
        }

        try
        {
            return AgentJson.Read(answer.Payload, AgentJson.ReadAnswer);
        }
        catch (AudioMeshException malformed)
        {
            return new TransportRefusal("protocol", malformed.Message);
        }
    }
}
