// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Metal;
using AudioMesh.Compute.Tests.Metal;
using AudioMesh.Compute.Tests.Vulkan;

namespace AudioMesh.Compute.Tests;

/// <summary>Every execution that kernels have to agree on.</summary>
public static class TestDevices
{
    /// <summary>All but the oracle, with which they are compared.</summary>
    public static IEnumerable<TestDevice> BesideOracle { get; } =
    [
        new("simd", () => new CpuDevice(CpuForm.Simd)),
        new("metal", () => OperatingSystem.IsMacOS() ? MetalDevice.Open() : FakeMetal.OpenDevice()),
        new("vulkan", VulkanTestDevice.Open),
    ];

    public static IEnumerable<TestDevice> All { get; } = [new("oracle", Oracle), .. BesideOracle];

    public static IComputeDevice Oracle() => new CpuDevice(CpuForm.Oracle);
}
