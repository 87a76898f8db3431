// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>One opening of a device. All members are for its <see cref="HalThread"/>, but where they say otherwise.</summary>
internal sealed unsafe class HalSession(CoreAudioFramework library, DeviceStream stream, string driver) : IDisposable
{
    private readonly HalObjects _objects = new(library);
    private readonly FrameCounter _counter = new();
    private HalListeners? _listeners;
    private IoProc? _proc;
    private delegate* unmanaged[Cdecl]<uint, AudioTimeStamp*, AudioBufferList*, AudioTimeStamp*, AudioBufferList*, AudioTimeStamp*, void*, int> _procId;
    private uint _device;
    private HalDevice? _opened;

    /// <summary>Finds and configures the device of a request; <see cref="Dispose"/> follows even when it throws.</summary>
    public StreamInfo Open(StreamRequest request)
    {
        HalDevice device = new HalDevices(_objects).Find(request);
        DeviceSetup setup = new(_objects, device);
        setup.Apply(request);
        _device = device.Id;
        _opened = device;
        _proc = new IoProc(library, stream, _counter, request, device, DeviceFigures.Read(_objects, _device), setup.LongestCycle());
        CreateProc(_proc, request, device);
        _listeners = new HalListeners(library, stream, _counter);
        _listeners.Add(_device, request.OutputChannels > 0, request.InputChannels > 0);

        // Read again: what changed before the listeners were there would be missed.
        _proc.Figures = DeviceFigures.Read(_objects, _device);
        return Describe(_proc.Figures, new StreamInfo
        {
            Driver = driver,
            Device = device.Uid,
            Rate = _proc.Figures.Rate,
            PeriodFrames = _proc.Figures.PeriodFrames,
            BufferFrames = 0,
            OutputChannels = request.OutputChannels,
            InputChannels = request.InputChannels,
            Format = SampleFormat.Float32,
        });
    }

    /// <summary>Makes the device call.</summary>
    public void Start()
    {
        _counter.Restart();
        HalStatus.Check(library.AudioDeviceStart(_device, _procId), $"starting '{stream.Info?.Device}'");
    }

    /// <summary>Ends that, as far as the HAL lets itself be told; a device that is gone has ended it.</summary>
    public void Stop() => library.AudioDeviceStop(_device, _procId);

    /// <summary>Gives everything back; the device is stopped. Once.</summary>
    public void Dispose()
    {
        _listeners?.Remove();
        if (_procId != null)
        {
            library.AudioDeviceDestroyIOProcID(_device, _procId);
        }

        _proc?.Dispose();
    }

    /// <summary>Whether <see cref="ReadFigures"/> is due. Any thread.</summary>
    public bool TakeFiguresChanged() => _listeners!.TakeFiguresChanged();

    /// <summary>Reads the device's numbers anew and tells what changed; with other channels it is another device.</summary>
    public void ReadFigures()
    {
        DeviceFigures before = _proc!.Figures;
        DeviceFigures after;
        try
        {
            after = DeviceFigures.Read(_objects, _device);
            if (HasOtherChannels(HalDevice.Read(_objects, _device)))
            {
                stream.Lose(AudioErrorKind.DeviceLost, "The device's channels changed.");
                return;
            }
        }
        catch (AudioMeshException)
        {
            // The device is going away, of which its listener tells.
            return;
        }

        _proc.Figures = after;
        stream.Update(info => Describe(after, info));
        RaiseIf(before.Rate != after.Rate, DeviceEventKind.RateChanged, after.Rate);
        RaiseIf(before.PeriodFrames != after.PeriodFrames, DeviceEventKind.PeriodChanged, after.PeriodFrames);
        RaiseIf(
            before with { Rate = after.Rate, PeriodFrames = after.PeriodFrames } != after, DeviceEventKind.LatencyChanged, after.OutputTotal);
    }

    private bool HasOtherChannels(HalDevice now) =>
        (stream.Info is { OutputChannels: > 0 } && !now.OutputWidths.AsSpan().SequenceEqual(_opened!.OutputWidths))
        || (stream.Info is { InputChannels: > 0 } && !now.InputWidths.AsSpan().SequenceEqual(_opened!.InputWidths));

    private void RaiseIf(bool changed, DeviceEventKind kind, long value)
    {
        if (changed)
        {
            stream.Raise(kind, value);
        }
    }

    private static StreamInfo Describe(DeviceFigures figures, StreamInfo info) => info with
    {
        Rate = figures.Rate,
        PeriodFrames = figures.PeriodFrames,
        BufferFrames = figures.PeriodFrames + Math.Max(figures.OutputSafety, figures.InputSafety),
        OutputLatencyFrames = info.OutputChannels > 0 ? figures.OutputTotal : 0,
        InputLatencyFrames = info.InputChannels > 0 ? figures.InputTotal : 0,
    };

    private void CreateProc(IoProc proc, StreamRequest request, HalDevice device)
    {
        delegate* unmanaged[Cdecl]<uint, AudioTimeStamp*, AudioBufferList*, AudioTimeStamp*, AudioBufferList*, AudioTimeStamp*, void*, int> id = null;
        HalStatus.Check(library.AudioDeviceCreateIOProcID(device.Id, IoProc.Entry, proc.Client, &id), $"opening '{device.Name}'");
        _procId = id;

        // A program that only plays must not be asked for the microphone.
        if (request.InputChannels == 0)
        {
            SwitchOff(device.InputWidths.Length, kAudioObjectPropertyScopeInput);
        }

        if (request.OutputChannels == 0)
        {
            SwitchOff(device.OutputWidths.Length, kAudioObjectPropertyScopeOutput);
        }
    }

    /// <summary>Has the HAL leave out the streams of a direction; a device that cannot goes on with all of them.</summary>
    private void SwitchOff(int streams, uint scope)
    {
        if (streams == 0)
        {
            return;
        }

        int head = sizeof(AudioHardwareIOProcStreamUsage) - sizeof(uint);
        byte[] bytes = new byte[head + (streams * sizeof(uint))];
        fixed (byte* memory = bytes)
        {
            AudioHardwareIOProcStreamUsage* usage = (AudioHardwareIOProcStreamUsage*)memory;
            usage->mIOProc = _procId;
            usage->mNumberStreams = (uint)streams;
            AudioObjectPropertyAddress address = HalObjects.Address(kAudioDevicePropertyIOProcStreamUsage, scope);
            library.AudioObjectSetPropertyData(_device, &address, 0, null, (uint)bytes.Length, usage);
        }
    }
}
