// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal;

/// <summary>A device that Metal lists.</summary>
/// <param name="Device">The MTLDevice, owned by the list.</param>
/// <param name="Info">What it says of itself.</param>
internal readonly record struct FoundDevice(nint Device, ComputeDeviceInfo Info);
