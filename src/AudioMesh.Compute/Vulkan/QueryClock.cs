// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Reads the clock by a timestamp query that goes through the queue, between two readings of mesh time; behind other work the bound is wide.</summary>
internal sealed unsafe class QueryClock : IVulkanClock
{
    private readonly VulkanDevice _device;
    private readonly ClockUnit _unit;
    private readonly Lock _lock = new();
    private readonly VkQueryPool _pool;
    private readonly Recording _recording = null!;
    private bool _isDisposed;

    public QueryClock(VulkanDevice device, ClockUnit unit)
    {
        _device = device;
        _unit = unit;
        try
        {
            _pool = CreatePool();
            _recording = new Recording(device);
            device.Commands.vkCmdResetQueryPool(_recording.Buffer, _pool, 0, 1);
            device.Commands.vkCmdWriteTimestamp(_recording.Buffer, VkPipelineStageFlagBits.VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, _pool, 0);
            _recording.End();
        }
        catch (AudioMeshException)
        {
            Destroy();
            throw;
        }
    }

    public bool TrySample(out GpuClockSample sample)
    {
        sample = default;
        lock (_lock)
        {
            return !_isDisposed && _recording.IsOver && TryOnce(ref sample);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _device.Free(Destroy, _recording);
        }
    }

    private VkQueryPool CreatePool()
    {
        VkQueryPoolCreateInfo info = new() { sType = VkQueryPoolCreateInfo.Tag, queryType = VkQueryType.VK_QUERY_TYPE_TIMESTAMP, queryCount = 1 };
        VkQueryPool pool;
        _device.Check(_device.Commands.vkCreateQueryPool(_device.Handle, &info, null, &pool), "vkCreateQueryPool");
        return pool;
    }

    private bool TryOnce(ref GpuClockSample sample)
    {
        try
        {
            MeshTime earliest = MeshClock.Now;
            ulong run = _recording.Submit();
            if (!_recording.Wait(run, VulkanLimits.ClockReading))
            {
                return false;
            }

            MeshTime latest = MeshClock.Now;
            ulong ticks;
            VkResult result = _device.Commands.vkGetQueryPoolResults(
                _device.Handle, _pool, 0, 1, sizeof(ulong), &ticks, sizeof(ulong), VkQueryResultFlagBits.VK_QUERY_RESULT_64_BIT);
            sample = _unit.Sample(ticks, earliest, latest);
            return result == VkResult.VK_SUCCESS;
        }
        catch (AudioMeshException)
        {
            return false;
        }
    }

    private void Destroy()
    {
        _recording?.Destroy();
        _device.Commands.vkDestroyQueryPool(_device.Handle, _pool, null);
    }
}
