// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Cpu;

/// <summary>Which of a kernel's two forms in C# is run.</summary>
public enum CpuForm
{
    /// <summary>The vectorised one.</summary>
    Simd,

    /// <summary>The scalar one, which the others are tested against.</summary>
    Oracle,
}
