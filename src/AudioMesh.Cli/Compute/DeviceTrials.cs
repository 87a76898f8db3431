// SPDX-License-Identifier: MIT
using AudioMesh.Compute;

namespace AudioMesh.Cli.Compute;

/// <summary>Chooses devices and measures them. A device that fails is reported with its failure; the others do not mind.</summary>
internal static class DeviceTrials
{
    /// <summary>
    /// The devices that <paramref name="wanted"/> names: all of an API (<c>vulkan</c>), one (<c>vulkan:ID</c>), or those with this in their name; all where it is
    /// empty. Throws NotFound, naming what there is.
    /// </summary>
    public static IReadOnlyList<ComputeDeviceInfo> Choose(string wanted)
    {
        IReadOnlyList<ComputeDeviceInfo> all = ComputeDevices.Enumerate();
        ComputeDeviceInfo[] chosen = [.. all.Where(info => info.AnswersTo(wanted))];
        return chosen.Length > 0 ? chosen : throw new AudioMeshException(
            AudioErrorKind.NotFound, $"There is no compute device '{wanted}': {string.Join(", ", all.Select(info => info.Key))}.")
        {
            Field = "--device",
            Allowed = string.Join(", ", all.Select(info => info.Key)),
        };
    }

    /// <summary>Takes about three seconds a device.</summary>
    public static DeviceReport Measure(ComputeDeviceInfo info)
    {
        ClockReport? clock = null;
        try
        {
            using IComputeDevice device = ComputeDevices.Open(info);
            clock = ClockReport.Measure(device);
            return new DeviceReport(info, clock, KernelTrials.Measure(device), null);
        }
        catch (AudioMeshException e)
        {
            return new DeviceReport(info, clock, [], e);
        }
    }
}
