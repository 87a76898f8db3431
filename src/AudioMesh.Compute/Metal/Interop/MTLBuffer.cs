// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to a buffer.</summary>
internal sealed unsafe class MTLBuffer(ObjC objc)
{
    private readonly nint _contents = objc.Selector("contents");

    public byte* contents(nint self) => ((delegate* unmanaged<nint, nint, byte*>)objc.Send)(self, _contents);
}
