// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to compiled MSL.</summary>
internal sealed unsafe class MTLLibrary(ObjC objc)
{
    private readonly nint _newFunction = objc.Selector("newFunctionWithName:");

    public nint newFunctionWithName_(nint self, nint name) => ((delegate* unmanaged<nint, nint, nint, nint>)objc.Send)(self, _newFunction, name);
}
