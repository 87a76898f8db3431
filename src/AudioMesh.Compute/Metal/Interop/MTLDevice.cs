// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Messages to a device. Methods of the MTL classes are named by their selectors, with an underscore for each colon.</summary>
internal sealed unsafe class MTLDevice(ObjC objc)
{
    private readonly nint _name = objc.Selector("name");
    private readonly nint _registryID = objc.Selector("registryID");
    private readonly nint _isLowPower = objc.Selector("isLowPower");
    private readonly nint _isRemovable = objc.Selector("isRemovable");
    private readonly nint _hasUnifiedMemory = objc.Selector("hasUnifiedMemory");
    private readonly nint _supportsFamily = objc.Selector("supportsFamily:");
    private readonly nint _maxBufferLength = objc.Selector("maxBufferLength");
    private readonly nint _newCommandQueue = objc.Selector("newCommandQueue");
    private readonly nint _newBuffer = objc.Selector("newBufferWithLength:options:");
    private readonly nint _newLibrary = objc.Selector("newLibraryWithSource:options:error:");
    private readonly nint _newPipeline = objc.Selector("newComputePipelineStateWithFunction:error:");
    private readonly nint _sampleTimestamps = objc.Selector("sampleTimestamps:gpuTimestamp:");

    public nint name(nint self) => ((delegate* unmanaged<nint, nint, nint>)objc.Send)(self, _name);

    public nuint registryID(nint self) => ((delegate* unmanaged<nint, nint, nuint>)objc.Send)(self, _registryID);

    public bool isLowPower(nint self) => ((delegate* unmanaged<nint, nint, byte>)objc.Send)(self, _isLowPower) != 0;

    public bool isRemovable(nint self) => ((delegate* unmanaged<nint, nint, byte>)objc.Send)(self, _isRemovable) != 0;

    public bool hasUnifiedMemory(nint self) => ((delegate* unmanaged<nint, nint, byte>)objc.Send)(self, _hasUnifiedMemory) != 0;

    public bool supportsFamily_(nint self, long family) => ((delegate* unmanaged<nint, nint, long, byte>)objc.Send)(self, _supportsFamily, family) != 0;

    public nuint maxBufferLength(nint self) => ((delegate* unmanaged<nint, nint, nuint>)objc.Send)(self, _maxBufferLength);

    public nint newCommandQueue(nint self) => ((delegate* unmanaged<nint, nint, nint>)objc.Send)(self, _newCommandQueue);

    public nint newBufferWithLength_options_(nint self, nuint length, nuint options) =>
        ((delegate* unmanaged<nint, nint, nuint, nuint, nint>)objc.Send)(self, _newBuffer, length, options);

    public nint newLibraryWithSource_options_error_(nint self, nint source, nint options, nint* error) =>
        ((delegate* unmanaged<nint, nint, nint, nint, nint*, nint>)objc.Send)(self, _newLibrary, source, options, error);

    public nint newComputePipelineStateWithFunction_error_(nint self, nint function, nint* error) =>
        ((delegate* unmanaged<nint, nint, nint, nint*, nint>)objc.Send)(self, _newPipeline, function, error);

    public void sampleTimestamps_gpuTimestamp_(nint self, ulong* cpu, ulong* gpu) =>
        ((delegate* unmanaged<nint, nint, ulong*, ulong*, void>)objc.Send)(self, _sampleTimestamps, cpu, gpu);
}
