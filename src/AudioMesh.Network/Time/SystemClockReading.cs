// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>The system's clock at one moment.</summary>
/// <param name="Host">This host's monotonic clock then.</param>
/// <param name="System">The system's, TAI since 1970.</param>
/// <param name="UncertaintyNs">How far the two readings are apart at most.</param>
/// <param name="MaxErrorNs">How far the system's clock is from TAI at most, as the kernel says.</param>
/// <param name="EstimatedErrorNs">How far usually.</param>
/// <param name="IsSynchronised">Whether anything disciplines it.</param>
/// <param name="KnowsTai">Whether the kernel was told TAI minus UTC; else it is taken as the 37 s in force since 2017.</param>
public readonly record struct SystemClockReading(
    MeshTime Host, MeshTime System, long UncertaintyNs, long MaxErrorNs, long EstimatedErrorNs, bool IsSynchronised, bool KnowsTai);
