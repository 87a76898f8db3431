// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Transport;

/// <content>The device's clock runs as it does: whether the transport is still where it should be.</content>
public sealed partial class TransportAgent
{
    /// <summary>Who is off for a shorter time may have been measured wrongly, or is moved already.</summary>
    private const long StrayingNs = 500_000_000;

    private MeshTime _offSince = MeshTime.Unknown;
    private bool _hasStrayed;
    private ulong _relocationId;

    private void WatchDrift(MeshTime hostNow)
    {
        TransportReading reading = Transport.Read();
        double errorFrames = _follower.ErrorFrames(reading) ?? 0;
        bool isOff = Math.Abs(errorFrames) > _options.MostErrorMs * 1e-3 * Transport.Rate;
        if (!isOff || !_offSince.IsKnown || hostNow < _offSince)
        {
            _offSince = isOff ? hostNow : MeshTime.Unknown;
            _hasStrayed &= isOff;
            return;
        }

        if (hostNow - _offSince < StrayingNs)
        {
            return;
        }

        if (!_hasStrayed)
        {
            _hasStrayed = true;
            Tell(TransportAgentEventKind.Strayed, errorFrames: errorFrames);
        }

        // Who is off by more does not drift; he falls in again.
        bool drifts = Math.Abs(errorFrames) < StrayedSeconds * Transport.Rate;
        if (drifts && _options.Relocates != TransportRelocation.Never && !IsToWait(hostNow))
        {
            Relocate(hostNow, reading);
        }
    }

    private void Relocate(MeshTime hostNow, in TransportReading reading)
    {
        TimebaseReading time = _timebase.Read();
        MeshTime now = time.Map.ToMesh(hostNow.Nanoseconds);
        bool isOrdered = _fired.Values.Any(fired => fired.Order.At >= now);
        if (_relocationId != 0 || isOrdered || _follower.Line is not { } line || (line.MeshId != 0 && line.MeshId != time.MeshId))
        {
            return;
        }

        MeshTime at = NextChance(line, now.Add(LeadNs(hostNow, reading) + MarginNs));
        TransportOrder order = new(NextId(line), TransportAction.Locate, at, (long)Math.Round(line.FrameAt(at)));
        PreparedOrder own = new(order, Transport.Rate, time.MeshId, line.MaxBoundNs, 0);
        if (Refuse(own).IsNone && Give(own).IsNone)
        {
            (_relocationId, _fallInFor, _fallInId) = (order.Id, line.Id, order.Id);
            Tell(TransportAgentEventKind.Relocated, order);
        }
        else
        {
            _retryAt = hostNow.Add(RetryNs);
        }
    }

    private MeshTime NextChance(TransportTimeline line, MeshTime soonest)
    {
        if (_options.Relocates == TransportRelocation.AtOnce)
        {
            return soonest;
        }

        TempoPoint point = _tempo.BeatFrom(line.FrameAt(soonest) / line.Rate);
        int beats = _options.Relocates == TransportRelocation.AtBar && point.Beat > 0 ? _tempo.BeatsPerBarAt(point.Seconds) - point.Beat : 0;
        double seconds = point.Seconds + (beats * point.BeatSeconds) - ((double)line.Frame / line.Rate);
        return line.At.Add((long)Math.Round(seconds * 1e9));
    }

    // Whatever is ordered comes first: it brings the transport to the right frame by itself, or stops it.
    private void DropRelocation()
    {
        if (_relocationId != 0 && Transport.Cancel(_relocationId))
        {
            Click.Forget(_relocationId);
            _fired.Remove(_relocationId);
            _relocationId = 0;
        }
    }

    private void EndStraying() => (_offSince, _hasStrayed, _relocationId) = (MeshTime.Unknown, false, 0);
}
