// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Metal;
using AudioMesh.Compute.Vulkan;

namespace AudioMesh.Compute;

/// <summary>The devices of this machine. From any thread.</summary>
public static class ComputeDevices
{
    /// <summary>
    /// The environment variable that overrides what <see cref="OpenBest"/> would choose: <c>cpu</c>, <c>vulkan</c> or <c>metal</c>, one of these with
    /// an id as in <c>vulkan:ID</c>, or a part of a device's name.
    /// </summary>
    public const string OverrideVariable = "AUDIOMESH_COMPUTE_DEVICE";

    /// <summary>
    /// All devices, in the order in which they would be chosen: discrete, integrated, virtual, software; C# is there always, before other drivers
    /// that run on the processor. Never throws for want of a driver: <see cref="WhyNone"/> says what is missing.
    /// </summary>
    public static IReadOnlyList<ComputeDeviceInfo> Enumerate() =>
        [.. Enum.GetValues<ComputeApi>().SelectMany(api => Of(api, out _)).OrderBy(info => info.Kind)];

    /// <summary>Why there is no device of <paramref name="api"/>, for people; null where there is one.</summary>
    public static string? WhyNone(ComputeApi api) => Of(api, out string reason).Count == 0 ? reason : null;

    /// <summary>
    /// Opens one of <see cref="Enumerate"/>'s devices. Throws <see cref="AudioErrorKind.NotFound"/> when it is gone,
    /// <see cref="AudioErrorKind.DeviceUnavailable"/> when its driver refuses, <see cref="AudioErrorKind.LibraryMissing"/> without the API's library.
    /// </summary>
    public static IComputeDevice Open(ComputeDeviceInfo info) => info.Api switch
    {
        ComputeApi.Cpu => new CpuDevice(),
        ComputeApi.Vulkan => VulkanDevices.Open(info.Id),
        _ => MetalDevice.Open(info.Id),
    };

    /// <summary>
    /// Opens the first of <see cref="Enumerate"/>'s devices, of <paramref name="api"/> where one is given, whose driver lets it. Where
    /// <see cref="OverrideVariable"/> names devices, only those count. Throws <see cref="AudioErrorKind.NotFound"/> where no device answers to that,
    /// and what opening the last of them threw where none lets it.
    /// </summary>
    public static IComputeDevice OpenBest(ComputeApi? api = null)
    {
        string? wanted = Environment.GetEnvironmentVariable(OverrideVariable);
        IReadOnlyList<ComputeDeviceInfo> all = Enumerate();
        AudioMeshException? refusal = null;
        foreach (ComputeDeviceInfo info in all.Where(info => string.IsNullOrEmpty(wanted) ? api is null || info.Api == api : info.AnswersTo(wanted)))
        {
            try
            {
                return Open(info);
            }
            catch (AudioMeshException e)
            {
                refusal = e;
            }
        }

        string asked = string.IsNullOrEmpty(wanted) ? $"{api}" : $"{OverrideVariable}={wanted}";
        throw refusal ?? new AudioMeshException(
            AudioErrorKind.NotFound, $"No compute device for {asked}; there is {string.Join(", ", all.Select(info => $"{info.Key} ({info.Name})"))}.");
    }

    private static IReadOnlyList<ComputeDeviceInfo> Of(ComputeApi api, out string reason)
    {
        reason = $"{api} has no device here.";
        try
        {
            return api switch
            {
                ComputeApi.Cpu => [new CpuDevice().Info],
                ComputeApi.Vulkan => VulkanDevices.Enumerate(),
                _ => MetalDevice.Enumerate(),
            };
        }
        catch (AudioMeshException e)
        {
            reason = e.Message;
            return [];
        }
    }
}
