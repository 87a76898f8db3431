// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Interop;
using AudioMesh.Realtime;
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// Hears what the HAL has to say about a device and the system. The HAL may tell it on the device's thread, with locks of its own held,
/// and even after the listener was removed: so nothing is asked here, only noted, and a call too late finds nobody.
/// </summary>
internal sealed unsafe class HalListeners(CoreAudioFramework library, DeviceStream stream, FrameCounter counter)
{
    private readonly List<(uint Id, AudioObjectPropertyAddress Address)> _added = [];
    private GCHandle _self;
    private int _figuresChanged;

    /// <summary>Begins to hear. HAL thread.</summary>
    public void Add(uint device, bool playing, bool recording)
    {
        // Weak, and never freed: the HAL may hold it longer than we know. That costs one table entry per opening.
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        Add(kAudioObjectSystemObject, kAudioHardwarePropertyServiceRestarted);
        if (playing)
        {
            Add(kAudioObjectSystemObject, kAudioHardwarePropertyDefaultOutputDevice);
        }

        if (recording)
        {
            Add(kAudioObjectSystemObject, kAudioHardwarePropertyDefaultInputDevice);
        }

        Add(device, kAudioDevicePropertyDeviceIsAlive);
        Add(device, kAudioDevicePropertyIOStoppedAbnormally);
        Add(device, kAudioDeviceProcessorOverload);
        Add(device, kAudioDevicePropertyNominalSampleRate);
        Add(device, kAudioDevicePropertyBufferFrameSize);
        foreach (uint scope in (ReadOnlySpan<uint>)[kAudioObjectPropertyScopeOutput, kAudioObjectPropertyScopeInput])
        {
            Add(device, kAudioDevicePropertyLatency, scope);
            Add(device, kAudioDevicePropertySafetyOffset, scope);
            Add(device, kAudioDevicePropertyStreamConfiguration, scope);
        }
    }

    /// <summary>Ends hearing; listeners on an object that is gone went with it. HAL thread.</summary>
    public void Remove()
    {
        foreach ((uint id, AudioObjectPropertyAddress added) in _added)
        {
            AudioObjectPropertyAddress address = added;
            library.AudioObjectRemovePropertyListener(id, &address, &OnChange, (void*)GCHandle.ToIntPtr(_self));
        }

        _added.Clear();
    }

    /// <summary>Whether a number of the device may have changed since the last call. Any thread.</summary>
    public bool TakeFiguresChanged() => Interlocked.Exchange(ref _figuresChanged, 0) != 0;

    private void Add(uint id, uint selector, uint scope = kAudioObjectPropertyScopeGlobal)
    {
        AudioObjectPropertyAddress address = HalObjects.Address(selector, scope);
        int status = library.AudioObjectAddPropertyListener(id, &address, &OnChange, (void*)GCHandle.ToIntPtr(_self));
        HalStatus.Check(status, $"listening to {HalStatus.Spell((int)selector)} of object {id}");
        _added.Add((id, address));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [RealtimeSafe]
    private static int OnChange(uint id, uint count, AudioObjectPropertyAddress* addresses, void* client)
    {
        if (GCHandle.FromIntPtr((nint)client).Target is HalListeners listeners)
        {
            for (uint i = 0; i < count; i++)
            {
                listeners.Hear(addresses[i].mSelector);
            }
        }

        return kAudioHardwareNoError;
    }

    [RealtimeSafe]
    private void Hear(uint selector)
    {
        switch (selector)
        {
            case kAudioDeviceProcessorOverload:
                counter.Overload();
                break;
            case kAudioDevicePropertyDeviceIsAlive:
                stream.Lose(AudioErrorKind.DeviceLost, "The device was unplugged.");
                break;
            case kAudioDevicePropertyIOStoppedAbnormally:
                stream.Lose(AudioErrorKind.DeviceLost, "The device stopped by itself.");
                break;
            case kAudioHardwarePropertyServiceRestarted:
                stream.Lose(AudioErrorKind.DeviceLost, "The audio server restarted.");
                break;
            case kAudioHardwarePropertyDefaultOutputDevice or kAudioHardwarePropertyDefaultInputDevice:
                stream.Raise(DeviceEventKind.DefaultDeviceChanged, 0);
                break;
            default:
                Volatile.Write(ref _figuresChanged, 1);
                break;
        }
    }
}
