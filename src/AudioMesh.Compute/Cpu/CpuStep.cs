// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Cpu;

/// <summary>A recorded dispatch.</summary>
internal readonly unsafe struct CpuStep(KernelDispatch dispatch, CpuForm form)
{
    private readonly delegate*<in KernelCall, void> _code = form == CpuForm.Simd ? dispatch.Kernel.Simd : dispatch.Kernel.Oracle;
    private readonly IComputeBuffer[] _buffers = [.. dispatch.Buffers];

    public void Run()
    {
        byte** addresses = stackalloc byte*[_buffers.Length];
        for (int binding = 0; binding < _buffers.Length; binding++)
        {
            addresses[binding] = _buffers[binding].Address;
        }

        _code(new KernelCall(addresses, dispatch.GroupsX, dispatch.GroupsY, dispatch.GroupsZ));
    }
}
