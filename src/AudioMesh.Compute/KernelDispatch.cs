// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>One kernel on some buffers.</summary>
/// <param name="Kernel">What to run.</param>
/// <param name="Buffers">What to bind, in the order of the kernel's bindings.</param>
/// <param name="GroupsX">Workgroups along x, at least 1.</param>
/// <param name="GroupsY">Workgroups along y, at least 1.</param>
/// <param name="GroupsZ">Workgroups along z, at least 1.</param>
public readonly record struct KernelDispatch(ComputeKernel Kernel, IComputeBuffer[] Buffers, int GroupsX, int GroupsY = 1, int GroupsZ = 1);
