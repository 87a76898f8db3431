// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Transport;

/// <content>What all hosts share: what is played, the tempo, and what time of day it is.</content>
public sealed partial class TransportAgent
{
    private const long MarginNs = 150_000_000;
    private const long RetryNs = 2_000_000_000;

    /// <summary>A transport that is off by more was held up, by a machine that slept or a device that lost periods, and falls in again.</summary>
    private const double StrayedSeconds = 0.1;

    private const long EpochPatienceNs = 1_000_000_000;
    private ulong _left;
    private ulong _fallInId;
    private ulong _fallInFor;
    private ulong _attempts;
    private MeshTime _retryAt = MeshTime.Unknown;
    private (ulong MeshId, long UtcMinusMeshNs)? _epoch;
    private MeshTime _epochWanted = MeshTime.Unknown;

    /// <summary>
    /// The mesh time of a time of day, nanoseconds since 1970, as all hosts of the mesh agree it is: by the clock of one of them, so that equal times mean the same instant
    /// everywhere, however much the hosts' wall clocks differ.
    /// </summary>
    public MeshTime FromUtc(long utcNs)
    {
        lock (_gate)
        {
            TimebaseReading time = _timebase.Read();
            long offset = _epoch is { } epoch && epoch.MeshId == time.MeshId ? epoch.UtcMinusMeshNs : OwnEpoch(_options.HostClock(), time);
            return new MeshTime((long)Int128.Clamp((Int128)utcNs - offset, long.MinValue + 1, long.MaxValue));
        }
    }

    private long OwnEpoch(MeshTime hostNow, in TimebaseReading time) => _options.UtcClock() - time.Map.ToMesh(hostNow.Nanoseconds).Nanoseconds;

    private void KeepEpoch(MeshTime hostNow)
    {
        TimebaseReading time = _timebase.Read();
        bool isNeeded = time.State is TimebaseState.Local or TimebaseState.Locked && _epoch?.MeshId != time.MeshId;
        if (!isNeeded)
        {
            _epochWanted = MeshTime.Unknown;
        }
        else if (!_epochWanted.IsKnown)
        {
            _epochWanted = hostNow;
        }
        else if (hostNow - _epochWanted > EpochPatienceNs)
        {
            long offset = OwnEpoch(hostNow, time);
            _epoch = (time.MeshId, offset);
            _table.Put(AgentSubjects.Epoch, AgentJson.Write(json =>
            {
                AgentJson.WriteId(json, "mesh", time.MeshId);
                json.WriteNumber("utc_minus_mesh_ns", offset);
            }));
        }
    }

    private void TakeEntry(BusEntry entry)
    {
        if (entry.IsRemoved)
        {
            return;
        }

        lock (_gate)
        {
            switch (entry.Key)
            {
                case AgentSubjects.Timeline:
                    _timeline = AgentJson.Read(entry.Value.Span, AgentJson.ReadTimeline);
                    break;
                case AgentSubjects.Tempo:
                    _tempo = AgentJson.Read(entry.Value.Span, AgentJson.ReadTempo);
                    Click.Use(_tempo);
                    Transport.UseTempo(_tempo);
                    Tell(TransportAgentEventKind.TempoChanged);
                    break;
                case AgentSubjects.Epoch:
                    _epoch = AgentJson.Read(entry.Value.Span, static json => (AgentJson.ReadId(json, "mesh"), json.GetProperty("utc_minus_mesh_ns").GetInt64()));
                    break;
            }
        }
    }

    private void Follow(MeshTime hostNow)
    {
        TimebaseReading time = _timebase.Read();
        if (_timeline is not { } line || !line.Includes(Name) || line.MeshId != time.MeshId || line.Id == _left || IsToWait(hostNow))
        {
            return;
        }

        if (_prepared.ContainsKey(line.Id))
        {
            _ = Fire(line.Id); // the message that should have done it was lost
        }

        TransportReading reading = Transport.Read();
        bool isUnderWay = _fired.ContainsKey(line.Id) || _fallInFor == line.Id || _follower.OrderId == line.Id;
        bool hasStrayed = _follower.OrderId == line.Id && line.IsRolling && Math.Abs(_follower.ErrorFrames(reading) ?? 0) > StrayedSeconds * line.Rate;
        if (!_options.FallsIn || (isUnderWay && !hasStrayed) || !RefuseNow(hostNow, time, reading).IsNone)
        {
            return;
        }

        MeshTime now = time.Map.ToMesh(hostNow.Nanoseconds);
        bool playsOlder = reading.State == TransportState.Rolling && _follower.OrderId != 0;
        if (line.IsRolling && (reading.State == TransportState.Stopped || playsOlder) && line.Rate == Transport.Rate)
        {
            MeshTime soonest = now.Add(LeadNs(hostNow, reading) + MarginNs);
            MeshTime at = line.At > soonest ? line.At : soonest;
            FallIn(hostNow, line, new TransportOrder(NextId(line), TransportAction.LocateStart, at, (long)Math.Round(line.FrameAt(at))));
        }
        else if (!line.IsRolling && playsOlder && line.At < now)
        {
            FallIn(hostNow, line, new TransportOrder(NextId(line), TransportAction.Stop, now.Add(LeadNs(hostNow, reading) + MarginNs), line.Frame));
        }
    }

    // Also where this host's clock has been set back meanwhile.
    private bool IsToWait(MeshTime hostNow) => _retryAt.IsKnown && _retryAt - hostNow is > 0 and <= RetryNs;

    private void FallIn(MeshTime hostNow, TransportTimeline line, TransportOrder order)
    {
        PreparedOrder own = new(order, line.Rate, line.MeshId, line.MaxBoundNs, 0);
        if (Refuse(own).IsNone && Give(own).IsNone)
        {
            (_fallInFor, _fallInId) = (line.Id, order.Id);
            _retryAt = hostNow.Add(RetryNs); // by then it has done so, and is measured anew
            Tell(TransportAgentEventKind.FellIn, order);
        }
        else
        {
            _retryAt = hostNow.Add(MarginNs);
        }
    }

    // What somebody at this host moved otherwise is left to him; what the transport did not do is tried again.
    private void NoteFailure(in TransportOutcome outcome)
    {
        ulong line = outcome.Id == _fallInId ? _fallInFor : outcome.Id;
        if (outcome.Result == TransportResult.Overridden)
        {
            _left = line;
        }
        else
        {
            _fired.Remove(outcome.Id);
            _fallInFor = 0;
            _retryAt = _options.HostClock().Add(RetryNs);
        }
    }

    private ulong NextId(TransportTimeline line) => unchecked(line.Id + (++_attempts * 0x9E3779B97F4A7C15)) | 1;
}
