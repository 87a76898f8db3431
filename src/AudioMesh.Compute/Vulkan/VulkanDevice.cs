// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>
/// A device driven by Vulkan. A run that never ends is not waited for: what it uses is kept when its program, its buffers and the device are
/// disposed of, and freed once it did end; where it has not when the device is disposed of, all of the device is left to the end of the process.
/// </summary>
public sealed unsafe class VulkanDevice : IComputeDevice
{
    private readonly VulkanInstance _instance;
    private readonly VulkanAdapter _adapter;
    private readonly Lock _queueLock = new();
    private readonly Lock _pipelineLock = new();
    private readonly Dictionary<ComputeKernel, VulkanPipeline> _pipelines = [];
    private readonly Graveyard _graveyard = new();
    private readonly VkQueue _queue;
    private readonly IVulkanClock? _clock;
    private volatile bool _isLost;
    private int _isDisposed;

    /// <summary>Takes the instance over, and disposes of it where opening fails.</summary>
    internal VulkanDevice(VulkanInstance instance, VulkanAdapter adapter, ComputeDeviceInfo info)
    {
        _instance = instance;
        _adapter = adapter;
        Info = info;
        try
        {
            Handle = DeviceCreation.Create(instance, adapter);
            Commands = new VkDeviceCommands(new CommandLookup(instance.Commands, Handle));
            VkQueue queue;
            Commands.vkGetDeviceQueue(Handle, adapter.QueueFamily, 0, &queue);
            _queue = queue;
            _clock = OpenClock();
        }
        catch (AudioMeshException)
        {
            Destroy();
            throw;
        }
    }

    /// <inheritdoc/>
    public ComputeDeviceInfo Info { get; }

    /// <inheritdoc/>
    public bool IsLost => _isLost;

    /// <summary>
    /// What Khronos's validation layer has said so far, also while disposing; empty where all is well, or the environment variable
    /// AUDIOMESH_VULKAN_VALIDATION was not 1 when the device was opened.
    /// </summary>
    public IReadOnlyList<string> ValidationMessages => _instance.ValidationMessages;

    internal VkDevice Handle { get; }

    internal VkDeviceCommands Commands { get; } = null!;

    internal uint QueueFamily => _adapter.QueueFamily;

    internal VkPhysicalDeviceLimits Limits => _adapter.Limits;

    /// <inheritdoc/>
    public IComputeBuffer CreateBuffer(int lengthBytes)
    {
        ThrowIfGone();
        return new VulkanBuffer(this, lengthBytes);
    }

    /// <inheritdoc/>
    public IComputeProgram CreateProgram(ReadOnlySpan<KernelDispatch> dispatches)
    {
        ThrowIfGone();
        foreach (ref readonly KernelDispatch dispatch in dispatches)
        {
            DispatchCheck.Verify(dispatch, buffer => buffer is VulkanBuffer own && own.Device == this);
            CheckLimits(dispatch);
        }

        return new VulkanProgram(this, dispatches);
    }

    /// <inheritdoc/>
    public bool TrySampleClock(out GpuClockSample sample)
    {
        sample = default;
        return !_isLost && _isDisposed == 0 && _clock is not null && _clock.TrySample(out sample);
    }

    /// <summary>Frees it, or leaves it to the end of the process where a run does not end within a second.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _clock?.Dispose();
        if (_graveyard.TryEmpty(VulkanLimits.Farewell))
        {
            Destroy();
        }
    }

    internal uint ChooseMemory(uint allowed) => _adapter.ChooseMemory(allowed);

    /// <summary>The pipeline of a kernel, made when first asked for.</summary>
    internal VulkanPipeline Pipeline(ComputeKernel kernel)
    {
        lock (_pipelineLock)
        {
            if (!_pipelines.TryGetValue(kernel, out VulkanPipeline? pipeline))
            {
                pipeline = new VulkanPipeline(this, kernel);
                _pipelines.Add(kernel, pipeline);
            }

            return pipeline;
        }
    }

    /// <summary>Hands work to the queue; several threads may.</summary>
    internal void Submit(VkSubmitInfo* work)
    {
        ThrowIfGone();
        VkResult result;
        lock (_queueLock)
        {
            result = Commands.vkQueueSubmit(_queue, 1, work, default);
        }

        CheckQueue(result, "vkQueueSubmit");
    }

    /// <summary>Throws where a call failed that makes something.</summary>
    internal void Check(VkResult result, string call)
    {
        if (result == VkResult.VK_ERROR_DEVICE_LOST)
        {
            throw Lose(result, call);
        }

        VulkanError.Check(result, call);
    }

    /// <summary>Throws where a call failed that runs something or waits for it: unless memory was short, nothing is to be expected any more.</summary>
    internal void CheckQueue(VkResult result, string call)
    {
        if (VulkanError.IsFailure(result))
        {
            throw VulkanError.IsOutOfMemory(result) ? VulkanError.For(result, call) : Lose(result, call);
        }
    }

    /// <summary>Throws where the device failed before, or is disposed of.</summary>
    internal void ThrowIfGone()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        if (_isLost)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceLost, $"{Info.Name} is lost: open it again, or another.");
        }
    }

    /// <summary>Calls <paramref name="free"/> as soon as no run uses anything any more: at once where none is under way that was given up.</summary>
    internal void Free(Action free, Recording? run = null) => _graveyard.Bury(free, run);

    private AudioMeshException Lose(VkResult result, string call)
    {
        _isLost = true;
        return new AudioMeshException(AudioErrorKind.DeviceLost, $"{Info.Name} is lost: {call} answered {result}.");
    }

    private void CheckLimits(in KernelDispatch dispatch)
    {
        VkPhysicalDeviceLimits limits = Limits;
        if (dispatch.GroupsX > limits.maxComputeWorkGroupCount[0]
            || dispatch.GroupsY > limits.maxComputeWorkGroupCount[1]
            || dispatch.GroupsZ > limits.maxComputeWorkGroupCount[2])
        {
            throw new AudioMeshException(
                AudioErrorKind.LimitExceeded,
                $"{Info.Name} runs no {dispatch.GroupsX} x {dispatch.GroupsY} x {dispatch.GroupsZ} workgroups of {dispatch.Kernel.Name} at once.");
        }
    }

    private IVulkanClock? OpenClock()
    {
        VkTimeDomainEXT[] domains = Commands.vkGetCalibratedTimestampsEXT == null ? [] : _adapter.TimeDomains();
        ClockUnit unit = new(_adapter.TimestampBits, Limits.timestampPeriod);
        return unit.ValidBits == 0 ? null
            : domains.Contains(VkTimeDomainEXT.VK_TIME_DOMAIN_DEVICE_EXT) ? new CalibratedClock(this, unit, domains)
            : new QueryClock(this, unit);
    }

    private void Destroy()
    {
        foreach (VulkanPipeline pipeline in _pipelines.Values)
        {
            pipeline.Destroy(this);
        }

        if (!Handle.IsNull && Commands is not null)
        {
            Commands.vkDestroyDevice(Handle, null);
        }

        _instance.Dispose();
    }
}
