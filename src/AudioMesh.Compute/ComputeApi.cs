// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>What runs the kernels.</summary>
public enum ComputeApi
{
    /// <summary>C#, vectorised, on the calling thread.</summary>
    Cpu,

    /// <summary>Vulkan.</summary>
    Vulkan,

    /// <summary>Metal.</summary>
    Metal,
}
