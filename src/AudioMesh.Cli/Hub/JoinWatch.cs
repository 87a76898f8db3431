// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Media;

namespace AudioMesh.Cli.Hub;

/// <summary>Looks at a hub's client while it runs.</summary>
internal sealed class JoinWatch(HubMembership membership, DeviceInfo device, IReport report, string hub)
{
    private const int AnswerMs = 10_000;

    private readonly long _began = Environment.TickCount64;
    private bool _hasJoined;

    private HubClient Client => membership.Client;

    /// <summary>Tells what happened. Throws where the hub gives no seat, or was never there: PermissionDenied, NotFound.</summary>
    public bool Look()
    {
        while (Client.TryTakeEvent(out HubClientEvent? happened))
        {
            report.Note($"hub_{happened.State}".ToLowerInvariant(), happened.State switch
            {
                HubClientState.Seeking => $"The hub {happened.Hub} is gone; it is looked for.",
                HubClientState.Joining => $"The hub {happened.Hub} is there.",
                HubClientState.Joined => $"Joined {happened.Hub}.",
                _ => $"The hub {happened.Hub} gives no seat: {happened.Reason}",
            });
            _hasJoined |= happened.State == HubClientState.Joined;
        }

        if (!_hasJoined && Client.State == HubClientState.Refused)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"The hub gives no seat: {Client.Refusal}");
        }

        if (!_hasJoined && Environment.TickCount64 - _began > AnswerMs)
        {
            throw new AudioMeshException(
                AudioErrorKind.NotFound, $"No hub {(hub.Length > 0 ? $"'{hub}' " : "")}answers within {AnswerMs / 1000} s: nobody is there, or its session or key is another.");
        }

        return false;
    }

    public IReadOnlyList<RunCount> Counts()
    {
        ReceiverStatistics heard = Client.Mix?.Receiver?.Statistics ?? default;
        double due = heard.Packets + heard.LostPackets;
        double msPerFrame = MsPerFrame();
        return
        [
            new("sources", "others", Client.Sources.Count(source => !source.IsSelf)),
            new("packets", "", heard.Packets),
            new("lost_packets", "", heard.LostPackets),
            new("lost_pct", "% lost", due > 0 ? 100 * heard.LostPackets / due : 0),
            new("late_packets", "", heard.LatePackets),
            new("jitter_ms", "ms jitter", heard.JitterFrames * msPerFrame),
            new("drift_ppm", "ppm", heard.DriftPpm),
            new("missing_frames", "frames missing", heard.MissingFrames),
            new("predicted_pct", "% of them predicted", heard.MissingFrames > 0 ? 100.0 * heard.PredictedFrames / heard.MissingFrames : 0),
        ];
    }

    /// <summary>From the hub's mix to the loudspeaker.</summary>
    public IReadOnlyList<RunHop> Hops()
    {
        ReceiverStatistics heard = Client.Mix?.Receiver?.Statistics ?? default;
        double perFrame = 1000.0 / device.Rate;
        return
        [
            new("network", heard.TransitNs > long.MinValue ? heard.TransitNs / 1e6 : 0),
            new("jitter_buffer", heard.DepthFrames * MsPerFrame()),
            new("period", device.PeriodFrames * perFrame),
            new("device", device.OutputLatencyFrames * perFrame),
        ];
    }

    private double MsPerFrame() => Client.Mix?.Receiver is { } receiver ? 1000.0 / receiver.Options.Rate : 0;
}
