// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to an encoder of dispatches.</summary>
internal sealed unsafe class MTLComputeCommandEncoder(ObjC objc)
{
    private readonly nint _setPipeline = objc.Selector("setComputePipelineState:");
    private readonly nint _setBuffer = objc.Selector("setBuffer:offset:atIndex:");
    private readonly nint _dispatch = objc.Selector("dispatchThreadgroups:threadsPerThreadgroup:");
    private readonly nint _endEncoding = objc.Selector("endEncoding");

    public void setComputePipelineState_(nint self, nint pipeline) =>
        ((delegate* unmanaged<nint, nint, nint, void>)objc.Send)(self, _setPipeline, pipeline);

    public void setBuffer_offset_atIndex_(nint self, nint buffer, nuint offset, nuint index) =>
        ((delegate* unmanaged<nint, nint, nint, nuint, nuint, void>)objc.Send)(self, _setBuffer, buffer, offset, index);

    public void dispatchThreadgroups_threadsPerThreadgroup_(nint self, MTLSize groups, MTLSize threads) =>
        ((delegate* unmanaged<nint, nint, MTLSize, MTLSize, void>)objc.Send)(self, _dispatch, groups, threads);

    public void endEncoding(nint self) => ((delegate* unmanaged<nint, nint, void>)objc.Send)(self, _endEncoding);
}
