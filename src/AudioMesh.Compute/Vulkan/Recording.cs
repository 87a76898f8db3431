// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Commands recorded once, and the semaphore whose value counts the runs that are done. Submitting, asking and waiting allocate nothing.</summary>
internal sealed unsafe class Recording
{
    private readonly VulkanDevice _device;
    private readonly VkCommandPool _pool;
    private readonly VkSemaphore _semaphore;
    private ulong _submitted;
    private ulong _done;

    /// <summary>Begins to record into <see cref="Buffer"/>.</summary>
    public Recording(VulkanDevice device)
    {
        _device = device;
        try
        {
            _pool = CreatePool();
            _semaphore = CreateSemaphore();
            Buffer = AllocateBuffer();
            VkCommandBufferBeginInfo begin = new() { sType = VkCommandBufferBeginInfo.Tag };
            device.Check(device.Commands.vkBeginCommandBuffer(Buffer, &begin), "vkBeginCommandBuffer");
        }
        catch (AudioMeshException)
        {
            Destroy();
            throw;
        }
    }

    public VkCommandBuffer Buffer { get; }

    /// <summary>Whether nothing of it runs any more, done or lost. Never throws.</summary>
    public bool IsOver => Count(out ulong done) switch
    {
        VkResult.VK_SUCCESS => done >= _submitted,
        VkResult result => result == VkResult.VK_ERROR_DEVICE_LOST,
    };

    public void End() => _device.Check(_device.Commands.vkEndCommandBuffer(Buffer), "vkEndCommandBuffer");

    /// <summary>Starts a run; its number is the semaphore's value once it is done.</summary>
    public ulong Submit()
    {
        if (_submitted > _done && !Wait(_submitted, VulkanLimits.Busy))
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"{_device.Info.Name} has not ended the run before for {VulkanLimits.Busy.TotalSeconds} s.");
        }

        ulong number = _submitted + 1;
        VkSemaphore semaphore = _semaphore;
        VkCommandBuffer buffer = Buffer;
        VkTimelineSemaphoreSubmitInfo timeline = new()
        {
            sType = VkTimelineSemaphoreSubmitInfo.Tag,
            signalSemaphoreValueCount = 1,
            pSignalSemaphoreValues = &number,
        };
        VkSubmitInfo work = new()
        {
            sType = VkSubmitInfo.Tag,
            pNext = &timeline,
            commandBufferCount = 1,
            pCommandBuffers = &buffer,
            signalSemaphoreCount = 1,
            pSignalSemaphores = &semaphore,
        };
        _device.Submit(&work);
        return _submitted = number;
    }

    public bool IsDone(ulong number)
    {
        _device.ThrowIfGone();
        if (number > _done && number <= _submitted)
        {
            _device.CheckQueue(Count(out ulong done), "vkGetSemaphoreCounterValue");
            Note(done);
        }

        return number <= _done;
    }

    public bool Wait(ulong number, TimeSpan timeout)
    {
        _device.ThrowIfGone();
        if (number <= _done || number > _submitted)
        {
            return number <= _done;
        }

        VkResult result = WaitFor(number, timeout);
        _device.CheckQueue(result, "vkWaitSemaphores");
        _done = result == VkResult.VK_SUCCESS ? Math.Max(_done, number) : _done;
        return number <= _done;
    }

    /// <summary>Waits until <see cref="IsOver"/>; false when the time is over. Never throws.</summary>
    public bool WaitUntilOver(TimeSpan timeout) =>
        IsOver || WaitFor(_submitted, timeout) is VkResult.VK_SUCCESS or VkResult.VK_ERROR_DEVICE_LOST;

    /// <summary>Only once it is over.</summary>
    public void Destroy()
    {
        _device.Commands.vkDestroySemaphore(_device.Handle, _semaphore, null);
        _device.Commands.vkDestroyCommandPool(_device.Handle, _pool, null);
    }

    private VkResult WaitFor(ulong number, TimeSpan timeout)
    {
        VkSemaphore semaphore = _semaphore;
        VkSemaphoreWaitInfo info = new() { sType = VkSemaphoreWaitInfo.Tag, semaphoreCount = 1, pSemaphores = &semaphore, pValues = &number };
        ulong nanoseconds = (ulong)Math.Max(0, timeout.Ticks) * TimeSpan.NanosecondsPerTick;
        return _device.Commands.vkWaitSemaphores(_device.Handle, &info, nanoseconds);
    }

    private VkResult Count(out ulong done)
    {
        ulong value;
        VkResult result = _device.Commands.vkGetSemaphoreCounterValue(_device.Handle, _semaphore, &value);
        done = value;
        return result;
    }

    /// <summary>Drivers of lost devices let every waiter go by counting to the end.</summary>
    private void Note(ulong done)
    {
        if (done > _submitted)
        {
            _device.CheckQueue(VkResult.VK_ERROR_DEVICE_LOST, "vkGetSemaphoreCounterValue");
        }

        _done = Math.Max(_done, done);
    }

    private VkCommandPool CreatePool()
    {
        VkCommandPoolCreateInfo info = new() { sType = VkCommandPoolCreateInfo.Tag, queueFamilyIndex = _device.QueueFamily };
        VkCommandPool pool;
        _device.Check(_device.Commands.vkCreateCommandPool(_device.Handle, &info, null, &pool), "vkCreateCommandPool");
        return pool;
    }

    private VkSemaphore CreateSemaphore()
    {
        VkSemaphoreTypeCreateInfo type = new() { sType = VkSemaphoreTypeCreateInfo.Tag, semaphoreType = VkSemaphoreType.VK_SEMAPHORE_TYPE_TIMELINE };
        VkSemaphoreCreateInfo info = new() { sType = VkSemaphoreCreateInfo.Tag, pNext = &type };
        VkSemaphore semaphore;
        _device.Check(_device.Commands.vkCreateSemaphore(_device.Handle, &info, null, &semaphore), "vkCreateSemaphore");
        return semaphore;
    }

    private VkCommandBuffer AllocateBuffer()
    {
        VkCommandBufferAllocateInfo info = new() { sType = VkCommandBufferAllocateInfo.Tag, commandPool = _pool, commandBufferCount = 1 };
        VkCommandBuffer buffer;
        _device.Check(_device.Commands.vkAllocateCommandBuffers(_device.Handle, &info, &buffer), "vkAllocateCommandBuffers");
        return buffer;
    }
}
