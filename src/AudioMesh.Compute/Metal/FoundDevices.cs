// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>
/// The devices that Metal lists, the one to choose first. Metal's registry ids change with every start of the machine, so a device's id is its name,
/// with a number behind it from the second of that name on.
/// </summary>
internal sealed class FoundDevices : IDisposable
{
    private readonly MetalFramework _metal;
    private readonly nint _array;

    public FoundDevices(MetalFramework metal)
    {
        _metal = metal;
        _array = metal.CopyAllDevices();
        using AutoreleasePool pool = metal.ObjC.OpenPool();
        Devices = Enumerable.Range(0, metal.Foundation.Count(_array))
            .Select(index => metal.Foundation.At(_array, index))
            .OrderBy(device => metal.Device.registryID(device))
            .GroupBy(device => metal.Foundation.Text(metal.Device.name(device)))
            .SelectMany(alike => alike.Select((device, index) => new FoundDevice(device, Describe(device, alike.Key, index + 1))))
            .OrderBy(found => found.Info.Kind)
            .ToArray();
    }

    public IReadOnlyList<FoundDevice> Devices { get; }

    public void Dispose() => _metal.ObjC.Release(_array);

    private ComputeDeviceInfo Describe(nint device, string name, int number)
    {
        string driver = $"Metal {(_metal.Device.supportsFamily_(device, MetalFramework.MTLGPUFamilyMetal3) ? 3 : 2)}, system {Environment.OSVersion.Version}";
        return new(ComputeApi.Metal, number == 1 ? name : $"{name} #{number}", name, KindOf(device, name), driver, HasClock: true);
    }

    private ComputeDeviceKind KindOf(nint device, string name)
    {
        if (name.Contains("Paravirtual", StringComparison.Ordinal))
        {
            return ComputeDeviceKind.Virtual;
        }

        bool isPartOfProcessor = _metal.Device.hasUnifiedMemory(device) || _metal.Device.isLowPower(device);
        return isPartOfProcessor && !_metal.Device.isRemovable(device) ? ComputeDeviceKind.Integrated : ComputeDeviceKind.Discrete;
    }
}
