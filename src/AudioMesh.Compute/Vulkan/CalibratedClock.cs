// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>
/// Reads the clock by <c>VK_EXT_calibrated_timestamps</c>: without the queue, between two readings of mesh time, and together with
/// CLOCK_MONOTONIC, which is mesh time, where the driver can.
/// </summary>
internal sealed unsafe class CalibratedClock : IVulkanClock
{
    /// <summary>The best of so many is taken: a thread that is interrupted in one is not in all.</summary>
    private const int Attempts = 3;

    private readonly VulkanDevice _device;
    private readonly ClockUnit _unit;
    private readonly uint _count;

    public CalibratedClock(VulkanDevice device, ClockUnit unit, VkTimeDomainEXT[] domains)
    {
        _device = device;
        _unit = unit;
        bool together = OperatingSystem.IsLinux() && domains.Contains(VkTimeDomainEXT.VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT);
        _count = together ? 2u : 1u;
    }

    public bool TrySample(out GpuClockSample sample)
    {
        sample = default;
        bool any = false;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (!TryOnce(out GpuClockSample found))
            {
                return false;
            }

            sample = !any || found.ErrorNs < sample.ErrorNs ? found : sample;
            any = true;
        }

        return true;
    }

    public void Dispose()
    {
    }

    private bool TryOnce(out GpuClockSample sample)
    {
        VkCalibratedTimestampInfoEXT* clocks = stackalloc VkCalibratedTimestampInfoEXT[]
        {
            new() { sType = VkCalibratedTimestampInfoEXT.Tag, timeDomain = VkTimeDomainEXT.VK_TIME_DOMAIN_DEVICE_EXT },
            new() { sType = VkCalibratedTimestampInfoEXT.Tag, timeDomain = VkTimeDomainEXT.VK_TIME_DOMAIN_CLOCK_MONOTONIC_EXT },
        };
        ulong* times = stackalloc ulong[2];
        ulong deviation;
        MeshTime earliest = MeshClock.Now;
        VkResult result = _device.Commands.vkGetCalibratedTimestampsEXT(_device.Handle, _count, clocks, times, &deviation);
        MeshTime latest = MeshClock.Now;
        if (_count == 2)
        {
            Narrow(ref earliest, ref latest, (long)times[1], (long)Math.Min(deviation, long.MaxValue / 4));
        }

        sample = _unit.Sample(times[0], earliest, latest);
        return result == VkResult.VK_SUCCESS;
    }

    /// <summary>Takes the driver's word where it agrees with what was seen, and not where it does not.</summary>
    private static void Narrow(ref MeshTime earliest, ref MeshTime latest, long told, long deviation)
    {
        MeshTime from = new(Math.Max(earliest.Nanoseconds, told - deviation));
        MeshTime to = new(Math.Min(latest.Nanoseconds, told + deviation));
        if (from <= to)
        {
            (earliest, latest) = (from, to);
        }
    }
}
