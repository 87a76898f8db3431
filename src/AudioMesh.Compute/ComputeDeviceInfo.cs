// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>A device that can run kernels.</summary>
/// <param name="Api">What it is driven by.</param>
/// <param name="Id">What it is opened by: stable from run to run, unique within its API.</param>
/// <param name="Name">What its driver calls it.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="Driver">The driver and its version, for people.</param>
/// <param name="HasClock">Whether its clock can be related to mesh time.</param>
public sealed record ComputeDeviceInfo(ComputeApi Api, string Id, string Name, ComputeDeviceKind Kind, string Driver, bool HasClock);
