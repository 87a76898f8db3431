// SPDX-License-Identifier: MIT
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>The devices the HAL has now, and which of them a request means.</summary>
internal sealed class HalDevices(HalObjects objects)
{
    /// <summary>All devices; one that goes away meanwhile is left out.</summary>
    public IReadOnlyList<HalDevice> All()
    {
        List<HalDevice> devices = [];
        foreach (uint id in objects.List<uint>(kAudioObjectSystemObject, kAudioHardwarePropertyDevices))
        {
            try
            {
                devices.Add(HalDevice.Read(objects, id));
            }
            catch (AudioMeshException error) when (error.Kind == AudioErrorKind.DeviceUnavailable)
            {
            }
        }

        return devices;
    }

    /// <summary>All devices as the caller of a backend sees them.</summary>
    public IReadOnlyList<AudioDevice> Describe(string driver)
    {
        uint output = Default(input: false);
        uint input = Default(input: true);
        List<AudioDevice> described = [];
        foreach (HalDevice device in All())
        {
            bool isDefault = device.OutputChannels > 0 ? device.Id == output : device.Id == input;
            described.Add(new AudioDevice(
                driver, device.Uid, device.Name, device.OutputChannels, device.InputChannels, device.Rate, isDefault));
        }

        return described;
    }

    /// <summary>The device a request names, or the default one; throws NotFound, DeviceUnavailable or, for too few channels, FormatUnsupported.</summary>
    public HalDevice Find(StreamRequest request)
    {
        HalDevice device = HalDevice.Read(objects, request.Device.Length > 0 ? Named(request.Device) : DefaultFor(request));
        Require(device, "output", request.OutputChannels, device.OutputChannels);
        Require(device, "input", request.InputChannels, device.InputChannels);
        return device;
    }

    private uint Named(string uid)
    {
        uint id = objects.DeviceOf(uid);
        return id != kAudioObjectUnknown
            ? id
            : throw new AudioMeshException(AudioErrorKind.NotFound, $"coreaudio: there is no device with the UID '{uid}'.");
    }

    private uint DefaultFor(StreamRequest request)
    {
        bool input = request.OutputChannels == 0;
        uint id = Default(input);
        return id != kAudioObjectUnknown
            ? id
            : throw new AudioMeshException(
                AudioErrorKind.DeviceUnavailable, $"coreaudio: the system has no default {(input ? "input" : "output")} device now.");
    }

    private uint Default(bool input) => objects.Get<uint>(
        kAudioObjectSystemObject, input ? kAudioHardwarePropertyDefaultInputDevice : kAudioHardwarePropertyDefaultOutputDevice);

    private static void Require(HalDevice device, string direction, int wanted, int present)
    {
        if (wanted <= present)
        {
            return;
        }

        string cure = present == 0 && device.OutputChannels + device.InputChannels > 0
            ? " To play on one device and record from another, join the two into an aggregate device (Audio MIDI Setup) and open that."
            : "";
        throw new AudioMeshException(
            AudioErrorKind.FormatUnsupported, $"coreaudio: '{device.Name}' has {present} {direction} channels, not {wanted}.{cure}")
        {
            Field = direction == "input" ? "input_channels" : "channels",
            Allowed = $"0..{present}",
        };
    }
}
