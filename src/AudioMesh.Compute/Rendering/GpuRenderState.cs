// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>Who renders.</summary>
public enum GpuRenderState
{
    /// <summary>The device that was opened runs on the processor: there is no GPU to be late.</summary>
    CpuOnly,

    /// <summary>The GPU.</summary>
    Gpu,

    /// <summary>The processor, because the GPU was late; periods are tried on it beside.</summary>
    Late,

    /// <summary>The processor, because the GPU is gone; opening it is tried again and again.</summary>
    Lost,
}
