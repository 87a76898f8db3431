// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to a command buffer.</summary>
internal sealed unsafe class MTLCommandBuffer(ObjC objc)
{
    private readonly nint _computeCommandEncoder = objc.Selector("computeCommandEncoder");
    private readonly nint _addCompletedHandler = objc.Selector("addCompletedHandler:");
    private readonly nint _commit = objc.Selector("commit");
    private readonly nint _status = objc.Selector("status");
    private readonly nint _error = objc.Selector("error");

    /// <summary>Autoreleased; its dispatches run in order.</summary>
    public nint computeCommandEncoder(nint self) => ((delegate* unmanaged<nint, nint, nint>)objc.Send)(self, _computeCommandEncoder);

    public void addCompletedHandler_(nint self, CompletionBlock* block) =>
        ((delegate* unmanaged<nint, nint, CompletionBlock*, void>)objc.Send)(self, _addCompletedHandler, block);

    public void commit(nint self) => ((delegate* unmanaged<nint, nint, void>)objc.Send)(self, _commit);

    public nuint status(nint self) => ((delegate* unmanaged<nint, nint, nuint>)objc.Send)(self, _status);

    /// <summary>Autoreleased.</summary>
    public nint error(nint self) => ((delegate* unmanaged<nint, nint, nint>)objc.Send)(self, _error);
}
