// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Network.Media.Nodes;

/// <summary>A receiver's figures as parameters of its node.</summary>
internal static class StreamFigures
{
    public static IReadOnlyList<ParameterDescriptor> Parameters { get; } =
    [
        Text("state", "waiting, playing, outage."),
        Number("depth", "How long the fastest packets wait now.", "ms"),
        Number("target", "How long they should.", "ms"),
        Number("jitter", "How much later than the fastest packets all are, but for the few that may be late.", "ms"),
        Number("transit", "From sending to arrival; 0 where mesh time is not known.", "ms"),
        Number("resampler", "How much later sound is for changing its rate.", "ms"),
        Number("drift", "How much faster the sender's clock runs.", "ppm"),
        Number("drift_error", "How far the following of it is off.", "frames"),
        Flag("locked", "Whether that has settled."),
        Flag("exact", "Whether frames pass as they are."),
        Flag("mesh_time", "Whether mesh time steers it; else arrivals do."),
        Integer("packets", "Packets that came."),
        Integer("lost_packets", "Packets that never came."),
        Integer("late_packets", "Packets that came too late."),
        Integer("duplicate_packets", "Packets that came again."),
        Integer("reordered_packets", "Packets that came behind newer ones."),
        Integer("refused_packets", "Packets that do not fit."),
        Integer("underruns", "Gaps so far."),
        Integer("underrun_frames", "Frames in them."),
        Integer("predicted_frames", "Frames of the gaps that prediction made audible."),
        Integer("stretched_frames", "Frames put in to become deeper at once."),
        Integer("resyncs", "How often it began anew."),
        Text("last_resync", "Why: stream_restarted, position_jumped, too_late, clock_stepped; empty where it did not."),
        Number("confidence", "How much of the sound prediction foretold: 0 nothing, 1 all.", ""),
    ];

    public static ParameterValue? Get(string parameter, StreamReceiver? receiver)
    {
        ReceiverStatistics now = receiver?.Statistics ?? default;
        double perFrame = 1000.0 / (receiver?.Options.Rate ?? 1);
        return parameter switch
        {
            "state" => now.State.ToString().ToLowerInvariant(),
            "depth" => now.DepthFrames * perFrame,
            "target" => now.TargetFrames * perFrame,
            "jitter" => now.JitterFrames * perFrame,
            "transit" => now.TransitNs == long.MinValue ? 0 : now.TransitNs / 1e6,
            "resampler" => (receiver?.ResamplerFrames ?? 0) * perFrame,
            "drift" => now.DriftPpm,
            "drift_error" => now.ErrorFrames,
            "locked" => now.IsLocked,
            "exact" => now.IsExact,
            "mesh_time" => now.UsesMeshTime,
            "packets" => now.Packets,
            "lost_packets" => now.LostPackets,
            "late_packets" => now.LatePackets,
            "duplicate_packets" => now.DuplicatePackets,
            "reordered_packets" => now.ReorderedPackets,
            "refused_packets" => now.RefusedPackets,
            "underruns" => now.Gaps,
            "underrun_frames" => now.MissingFrames,
            "predicted_frames" => now.PredictedFrames,
            "stretched_frames" => now.StretchedFrames,
            "resyncs" => now.Resyncs,
            "last_resync" => NameOf(now.LastResync),
            "confidence" => now.Confidence,
            _ => null,
        };
    }

    private static string NameOf(ResyncCause cause) => cause switch
    {
        ResyncCause.StreamRestarted => "stream_restarted",
        ResyncCause.PositionJumped => "position_jumped",
        ResyncCause.TooLate => "too_late",
        ResyncCause.ClockStepped => "clock_stepped",
        _ => "",
    };

    private static ParameterDescriptor Text(string name, string description) => new(name, ParameterKind.Text, description) { IsReadOnly = true };

    private static ParameterDescriptor Flag(string name, string description) => new(name, ParameterKind.Flag, description) { IsReadOnly = true };

    private static ParameterDescriptor Integer(string name, string description) => new(name, ParameterKind.Integer, description) { IsReadOnly = true };

    private static ParameterDescriptor Number(string name, string description, string unit) =>
        new(name, ParameterKind.Number, description) { IsReadOnly = true, Unit = unit };
}
