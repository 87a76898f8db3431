// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends.Alsa;

/// <summary>Where a PCM stood at an instant.</summary>
/// <param name="Time">That instant.</param>
/// <param name="Available">Frames that could be written or read.</param>
/// <param name="HardwareFrames">Frames between its buffer and the world outside, on top of those in the buffer.</param>
internal readonly record struct PcmPosition(MeshTime Time, long Available, long HardwareFrames);
