// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>How a period is meant to be rendered.</summary>
internal enum RenderRoute
{
    /// <summary>By the GPU; by the processor where that is late.</summary>
    Gpu,

    /// <summary>By the processor, and on the GPU beside, to see whether it is in time.</summary>
    Probe,

    /// <summary>By the processor.</summary>
    Cpu,
}
