// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>
/// A storage buffer in coherent memory of its own, mapped for as long as it lives: nothing has to be flushed. A mapping starts on
/// <c>minMemoryMapAlignment</c>, which is at least 64.
/// </summary>
internal sealed unsafe class VulkanBuffer : IComputeBuffer
{
    private readonly VkDeviceMemory _memory;
    private int _isDisposed;

    public VulkanBuffer(VulkanDevice device, int lengthBytes)
    {
        if (lengthBytes < 1)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A buffer of {lengthBytes} bytes.") { Field = nameof(lengthBytes), Allowed = "1.." };
        }

        uint most = device.Limits.maxStorageBufferRange;
        if ((uint)lengthBytes > most)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{device.Info.Name} has no buffers of {lengthBytes} bytes.") { Allowed = $"1..{most}" };
        }

        Device = device;
        LengthBytes = lengthBytes;
        try
        {
            Handle = CreateHandle();
            _memory = Allocate();
            void* address;
            device.Check(device.Commands.vkBindBufferMemory(device.Handle, Handle, _memory, 0), "vkBindBufferMemory");
            device.Check(device.Commands.vkMapMemory(device.Handle, _memory, 0, (ulong)lengthBytes, 0, &address), "vkMapMemory");
            NativeMemory.Clear(address, (nuint)lengthBytes);
            Address = (byte*)address;
        }
        catch (AudioMeshException)
        {
            Destroy();
            throw;
        }
    }

    public VulkanDevice Device { get; }

    public VkBuffer Handle { get; }

    public int LengthBytes { get; }

    public byte* Address { get; private set; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Address = null;
            Device.Free(Destroy);
        }
    }

    private VkBuffer CreateHandle()
    {
        VkBufferCreateInfo info = new()
        {
            sType = VkBufferCreateInfo.Tag,
            size = (ulong)LengthBytes,
            usage = VkBufferUsageFlagBits.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT,
        };
        VkBuffer buffer;
        Device.Check(Device.Commands.vkCreateBuffer(Device.Handle, &info, null, &buffer), "vkCreateBuffer");
        return buffer;
    }

    private VkDeviceMemory Allocate()
    {
        VkMemoryRequirements requirements;
        Device.Commands.vkGetBufferMemoryRequirements(Device.Handle, Handle, &requirements);
        VkMemoryAllocateInfo info = new()
        {
            sType = VkMemoryAllocateInfo.Tag,
            allocationSize = requirements.size,
            memoryTypeIndex = Device.ChooseMemory(requirements.memoryTypeBits),
        };
        VkDeviceMemory memory;
        Device.Check(Device.Commands.vkAllocateMemory(Device.Handle, &info, null, &memory), $"vkAllocateMemory of {requirements.size} bytes");
        return memory;
    }

    private void Destroy()
    {
        Device.Commands.vkDestroyBuffer(Device.Handle, Handle, null);
        Device.Commands.vkFreeMemory(Device.Handle, _memory, null);
    }
}
