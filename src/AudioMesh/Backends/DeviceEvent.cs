// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends;

/// <summary>One event of a device; fixed size, no text.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Time">When.</param>
/// <param name="Value">As the kind says.</param>
public readonly record struct DeviceEvent(DeviceEventKind Kind, MeshTime Time, long Value);
