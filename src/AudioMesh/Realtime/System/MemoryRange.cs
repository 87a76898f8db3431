// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>A piece of this process's memory.</summary>
/// <param name="Address">Where it begins.</param>
/// <param name="Bytes">How long it is.</param>
public readonly record struct MemoryRange(nint Address, nuint Bytes);
