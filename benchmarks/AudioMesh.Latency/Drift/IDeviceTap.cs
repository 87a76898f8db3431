// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Latency.Drift;

/// <summary>Is what a <see cref="SkewedDevice"/> records, and hears what it plays. On its thread.</summary>
internal interface IDeviceTap
{
    /// <summary>Fills a period whose first frame is at a time, and whose others follow by so many ns.</summary>
    void Give(MeshTime first, double nsPerFrame, Span<float> period);

    /// <summary>Takes a period.</summary>
    void Take(MeshTime first, double nsPerFrame, ReadOnlySpan<float> period);
}
