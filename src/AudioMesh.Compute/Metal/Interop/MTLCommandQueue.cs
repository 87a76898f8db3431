// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to a queue.</summary>
internal sealed unsafe class MTLCommandQueue(ObjC objc)
{
    private readonly nint _commandBuffer = objc.Selector("commandBuffer");

    /// <summary>Autoreleased; nil when there is none to be had.</summary>
    public nint commandBuffer(nint self) => ((delegate* unmanaged<nint, nint, nint>)objc.Send)(self, _commandBuffer);
}
