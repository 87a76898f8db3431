// SPDX-License-Identifier: MIT
using AudioMesh.Compute;

namespace AudioMesh.Cli.Compute;

/// <summary>What was found out about a device.</summary>
/// <param name="Info">What it is.</param>
/// <param name="Clock">How good its clock is; null where it has none that can be read.</param>
/// <param name="Costs">What kernels cost on it; none where it failed.</param>
/// <param name="Failure">What kept it from being measured to the end; null where nothing did.</param>
internal sealed record DeviceReport(ComputeDeviceInfo Info, ClockReport? Clock, IReadOnlyList<KernelCost> Costs, AudioMeshException? Failure);
