// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings.Verify;

/// <summary>A struct as it lies in memory, to be held against C's. Fields that C# cannot name, such as bits, are left out.</summary>
public sealed record MeasuredStruct(string Name, long Size, IReadOnlyList<(string Name, long Offset)> Fields);
