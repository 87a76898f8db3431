// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to a kernel that is ready to run.</summary>
internal sealed unsafe class MTLComputePipelineState(ObjC objc)
{
    private readonly nint _maxTotalThreads = objc.Selector("maxTotalThreadsPerThreadgroup");

    public nuint maxTotalThreadsPerThreadgroup(nint self) => ((delegate* unmanaged<nint, nint, nuint>)objc.Send)(self, _maxTotalThreads);
}
