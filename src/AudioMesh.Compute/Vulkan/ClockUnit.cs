// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Compute.Vulkan;

/// <summary>What a device's driver says its ticks are.</summary>
internal readonly record struct ClockUnit(int ValidBits, double NsPerTick)
{
    /// <summary>A reading taken somewhere from <paramref name="earliest"/> to <paramref name="latest"/>.</summary>
    public GpuClockSample Sample(ulong ticks, MeshTime earliest, MeshTime latest)
    {
        long width = latest - earliest;
        ulong counted = ValidBits == 64 ? ticks : ticks & ((1UL << ValidBits) - 1);
        return new GpuClockSample(counted, ValidBits, NsPerTick, earliest.Add(width / 2), (width + 1) / 2);
    }
}
