// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Compute;

/// <summary>One reading of a device's clock.</summary>
/// <param name="GpuTicks">The device's counter; only its lowest <paramref name="ValidBits"/> bits count, and they wrap around.</param>
/// <param name="ValidBits">How many bits the counter has, 1 to 64.</param>
/// <param name="NsPerTick">Nanoseconds a tick, as the driver says.</param>
/// <param name="MeshTime">Mesh time of the reading, at the middle of what it may be.</param>
/// <param name="ErrorNs">The reading was taken within so many nanoseconds of that, before or after.</param>
public readonly record struct GpuClockSample(ulong GpuTicks, int ValidBits, double NsPerTick, MeshTime MeshTime, long ErrorNs);
