// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Tests.Metal;

namespace AudioMesh.Compute.Tests;

/// <summary>Every execution that kernels have to agree on.</summary>
public static class TestDevices
{
    public static IEnumerable<TestDevice> All { get; } =
    [
        new("oracle", () => new CpuDevice(CpuForm.Oracle)),
        new("simd", () => new CpuDevice(CpuForm.Simd)),
        new("metal, fake", FakeMetal.OpenDevice),
    ];
}
