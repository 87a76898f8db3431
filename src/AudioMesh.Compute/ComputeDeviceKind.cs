// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>What a device is made of; the order in which one is chosen.</summary>
public enum ComputeDeviceKind
{
    /// <summary>A GPU with memory of its own.</summary>
    Discrete,

    /// <summary>A GPU that shares the processor's memory.</summary>
    Integrated,

    /// <summary>A GPU handed on by a hypervisor.</summary>
    Virtual,

    /// <summary>A driver that runs on the processor, such as lavapipe; and our own C#.</summary>
    Software,
}
