// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Latency.Drift;

/// <summary>What a receiver says of itself at a time, mesh time ns.</summary>
internal sealed record DriftLook(long AtNs, bool IsLocked, double Ppm, double ErrorFrames, double DepthMs, long MissingFrames, long Resyncs, bool HasMeshTime)
{
    public static DriftLook At(long ns, GraphNode source)
    {
        double Of(string parameter) => source.Get(parameter)?.Number ?? 0;
        return new DriftLook(ns, Of("locked") != 0, Of("drift"), Of("drift_error"), Of("depth"), (long)Of("underrun_frames"), (long)Of("resyncs"), Of("mesh_time") != 0);
    }
}
