// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Finds and opens what Vulkan's drivers show.</summary>
internal static class VulkanDevices
{
    /// <summary>
    /// The devices that our kernels can run on, at least one. Throws <see cref="AudioErrorKind.LibraryMissing"/> without the loader,
    /// <see cref="AudioErrorKind.DeviceUnavailable"/> where no driver has such a device; the message says why.
    /// </summary>
    public static IReadOnlyList<ComputeDeviceInfo> Enumerate()
    {
        using VulkanInstance instance = new(LibVulkan.Instance, log: null);
        List<VulkanAdapter> adapters = [.. instance.PhysicalDevices().Select(handle => new VulkanAdapter(instance, handle))];
        List<VulkanAdapter> fitting = [.. adapters.Where(adapter => adapter.Misfit is null)];
        return fitting.Count != 0 ? Named(fitting) : throw new AudioMeshException(
            AudioErrorKind.DeviceUnavailable,
            adapters.Count == 0 ? "Vulkan's drivers show no device." : $"Vulkan: {string.Join("; ", adapters.Select(Describe))}.");
    }

    /// <summary>
    /// Opens a device by its <see cref="ComputeDeviceInfo.Id"/>. Throws <see cref="AudioErrorKind.NotFound"/> when it is not there,
    /// <see cref="AudioErrorKind.DeviceUnavailable"/> when its driver refuses.
    /// </summary>
    public static VulkanDevice Open(string id)
    {
        VulkanInstance instance = new(LibVulkan.Instance, ValidationLog.FromEnvironment());
        try
        {
            List<VulkanAdapter> adapters =
                [.. instance.PhysicalDevices().Select(handle => new VulkanAdapter(instance, handle)).Where(adapter => adapter.Misfit is null)];
            List<ComputeDeviceInfo> infos = Named(adapters);
            for (int i = 0; i < adapters.Count; i++)
            {
                if (infos[i].Id == id)
                {
                    return new VulkanDevice(instance, adapters[i], infos[i]);
                }
            }
        }
        catch (AudioMeshException)
        {
            instance.Dispose();
            throw;
        }

        instance.Dispose();
        throw new AudioMeshException(AudioErrorKind.NotFound, $"Vulkan has no device {id} now.");
    }

    /// <summary>Drivers that give several devices one id get numbers behind it.</summary>
    private static List<ComputeDeviceInfo> Named(List<VulkanAdapter> adapters)
    {
        List<ComputeDeviceInfo> infos = [];
        foreach (ComputeDeviceInfo info in adapters.Select(adapter => adapter.Info))
        {
            int same = infos.Count(other => other.Id == info.Id || other.Id.StartsWith($"{info.Id}-", StringComparison.Ordinal));
            infos.Add(same == 0 ? info : info with { Id = $"{info.Id}-{same + 1}" });
        }

        return infos;
    }

    private static string Describe(VulkanAdapter adapter) => $"{adapter.Name} does not do: {adapter.Misfit}";
}
