// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Dispatches in one command buffer, each behind a barrier.</summary>
internal sealed unsafe class VulkanProgram : IComputeProgram
{
    private readonly VulkanDevice _device;
    private readonly VkDescriptorPool _pool;
    private readonly Recording _recording = null!;
    private int _isDisposed;

    public VulkanProgram(VulkanDevice device, ReadOnlySpan<KernelDispatch> dispatches)
    {
        _device = device;
        try
        {
            _pool = CreatePool(dispatches);
            _recording = new Recording(device);
            Record(dispatches);
        }
        catch (AudioMeshException)
        {
            Destroy();
            throw;
        }
    }

    public long Submit()
    {
        ThrowIfDisposed();
        return (long)_recording.Submit();
    }

    public bool IsDone(long ticket)
    {
        ThrowIfDisposed();
        return _recording.IsDone((ulong)ticket);
    }

    public bool Wait(long ticket, TimeSpan timeout)
    {
        ThrowIfDisposed();
        return _recording.Wait((ulong)ticket, timeout);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _recording.WaitUntilOver(VulkanLimits.Farewell);
            _device.Free(Destroy, _recording);
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed != 0, this);

    private void Record(ReadOnlySpan<KernelDispatch> dispatches)
    {
        Barriers barriers = new(_device, _recording.Buffer);
        barriers.BetweenDispatches();
        for (int i = 0; i < dispatches.Length; i++)
        {
            if (i > 0)
            {
                barriers.BetweenDispatches();
            }

            Record(dispatches[i]);
        }

        barriers.ToProcessor();
        _recording.End();
    }

    private void Record(in KernelDispatch dispatch)
    {
        VulkanPipeline pipeline = _device.Pipeline(dispatch.Kernel);
        VkDescriptorSet set = BindBuffers(pipeline, dispatch.Buffers);
        const VkPipelineBindPoint compute = VkPipelineBindPoint.VK_PIPELINE_BIND_POINT_COMPUTE;
        VkCommandBuffer buffer = _recording.Buffer;
        _device.Commands.vkCmdBindPipeline(buffer, compute, pipeline.Handle);
        _device.Commands.vkCmdBindDescriptorSets(buffer, compute, pipeline.Layout, 0, 1, &set, 0, null);
        _device.Commands.vkCmdDispatch(buffer, (uint)dispatch.GroupsX, (uint)dispatch.GroupsY, (uint)dispatch.GroupsZ);
    }

    private VkDescriptorPool CreatePool(ReadOnlySpan<KernelDispatch> dispatches)
    {
        uint buffers = 0;
        foreach (ref readonly KernelDispatch dispatch in dispatches)
        {
            buffers += (uint)dispatch.Buffers.Length;
        }

        // Vulkan has no pools of nothing.
        VkDescriptorPoolSize size = new() { type = VkDescriptorType.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, descriptorCount = Math.Max(1, buffers) };
        VkDescriptorPoolCreateInfo info = new()
        {
            sType = VkDescriptorPoolCreateInfo.Tag,
            maxSets = Math.Max(1, (uint)dispatches.Length),
            poolSizeCount = 1,
            pPoolSizes = &size,
        };
        VkDescriptorPool pool;
        _device.Check(_device.Commands.vkCreateDescriptorPool(_device.Handle, &info, null, &pool), "vkCreateDescriptorPool");
        return pool;
    }

    private VkDescriptorSet BindBuffers(VulkanPipeline pipeline, IComputeBuffer[] buffers)
    {
        VkDescriptorSetLayout layout = pipeline.SetLayout;
        VkDescriptorSetAllocateInfo allocation = new()
        {
            sType = VkDescriptorSetAllocateInfo.Tag,
            descriptorPool = _pool,
            descriptorSetCount = 1,
            pSetLayouts = &layout,
        };
        VkDescriptorSet set;
        _device.Check(_device.Commands.vkAllocateDescriptorSets(_device.Handle, &allocation, &set), "vkAllocateDescriptorSets");
        VkDescriptorBufferInfo* bound = stackalloc VkDescriptorBufferInfo[buffers.Length];
        VkWriteDescriptorSet* writes = stackalloc VkWriteDescriptorSet[buffers.Length];
        for (int i = 0; i < buffers.Length; i++)
        {
            bound[i] = new VkDescriptorBufferInfo { buffer = ((VulkanBuffer)buffers[i]).Handle, range = (ulong)buffers[i].LengthBytes };
            writes[i] = new VkWriteDescriptorSet
            {
                sType = VkWriteDescriptorSet.Tag,
                dstSet = set,
                dstBinding = (uint)i,
                descriptorCount = 1,
                descriptorType = VkDescriptorType.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
                pBufferInfo = bound + i,
            };
        }

        _device.Commands.vkUpdateDescriptorSets(_device.Handle, (uint)buffers.Length, writes, 0, null);
        return set;
    }

    private void Destroy()
    {
        _recording?.Destroy();
        _device.Commands.vkDestroyDescriptorPool(_device.Handle, _pool, null);
    }
}
