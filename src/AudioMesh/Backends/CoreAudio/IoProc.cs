// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Interop;
using AudioMesh.Realtime;
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// What the HAL calls once a cycle. AudioDeviceStop promises nothing to other threads: a call may come after it, and even after the
/// IOProc was destroyed, so this object shuts a door of its own before its memory goes.
/// </summary>
internal sealed unsafe class IoProc : IDisposable
{
    private readonly CoreAudioFramework _library;
    private readonly DeviceStream _stream;
    private readonly FrameCounter _counter;
    private readonly ChannelMap _outputs;
    private readonly ChannelMap _inputs;
    private readonly int _longestBlock;
    private volatile DeviceFigures _figures;
    private int _inside;
    private int _shut;

    public IoProc(
        CoreAudioFramework library, DeviceStream stream, FrameCounter counter, StreamRequest request, HalDevice device,
        DeviceFigures figures, int longestCycle)
    {
        _library = library;
        _stream = stream;
        _counter = counter;
        _figures = figures;
        _longestBlock = Math.Min(longestCycle, StreamRequest.MaxPeriodFrames);
        _outputs = new ChannelMap(request.OutputChannels, device.OutputWidths, _longestBlock);
        _inputs = new ChannelMap(request.InputChannels, device.InputWidths, _longestBlock);
        Denormals.Flush().Dispose();

        // Weak, and never freed: the HAL may hold it longer than we know. That costs one table entry per opening.
        Client = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.Weak));
    }

    /// <summary>The function to register, with <see cref="Client"/>.</summary>
    public static delegate* unmanaged[Cdecl]<uint, AudioTimeStamp*, AudioBufferList*, AudioTimeStamp*, AudioBufferList*, AudioTimeStamp*, void*, int>
        Entry => &OnCycle;

    /// <summary>What the HAL hands to <see cref="Entry"/>.</summary>
    public void* Client { get; }

    /// <summary>The device's numbers now. Any thread.</summary>
    public DeviceFigures Figures
    {
        get => _figures;
        set => _figures = value;
    }

    /// <summary>Frees its memory once no call is inside; later ones leave silence. HAL thread.</summary>
    public void Dispose()
    {
        // A full fence on both sides: either the call sees the door shut, or it is seen here to be inside.
        Interlocked.Exchange(ref _shut, 1);
        while (Volatile.Read(ref _inside) != 0)
        {
            Thread.Sleep(1);
        }

        _outputs.Dispose();
        _inputs.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [RealtimeSafe]
    private static int OnCycle(
        uint device, AudioTimeStamp* now, AudioBufferList* input, AudioTimeStamp* inputTime, AudioBufferList* output,
        AudioTimeStamp* outputTime, void* client)
    {
        if (GCHandle.FromIntPtr((nint)client).Target is IoProc proc)
        {
            proc.Enter(input, inputTime, output, outputTime);
        }

        return kAudioHardwareNoError;
    }

    [RealtimeSafe]
    private void Enter(AudioBufferList* input, AudioTimeStamp* inputTime, AudioBufferList* output, AudioTimeStamp* outputTime)
    {
        MeshTime wake = MeshClock.Now;
        using Denormals.Scope flush = Denormals.Flush();
        Interlocked.Exchange(ref _inside, 1);
        if (Volatile.Read(ref _shut) == 0)
        {
            RunCycle(wake, input, inputTime, output, outputTime);
        }

        Volatile.Write(ref _inside, 0);
    }

    [RealtimeSafe]
    private void RunCycle(
        MeshTime wake, AudioBufferList* input, AudioTimeStamp* inputTime, AudioBufferList* output, AudioTimeStamp* outputTime)
    {
        bool plays = _outputs.Channels > 0;
        int frames = ChannelMap.FramesOf(plays ? output : input);
        DeviceFigures figures = _figures;
        DeviceBlock block = Describe(figures, wake, frames, inputTime, outputTime);
        block.DeviceFrame = Count(plays ? outputTime : inputTime, frames, figures);
        for (int done = 0; done < frames; done += block.Frames)
        {
            block.Frames = Math.Min(frames - done, _longestBlock);
            RunBlock(ref block, input, output, done);
            Advance(ref block, figures);
        }
    }

    [RealtimeSafe]
    private void RunBlock(ref DeviceBlock block, AudioBufferList* input, AudioBufferList* output, int first)
    {
        if (_inputs.Channels > 0)
        {
            _inputs.BindInputs(input, first, block.Frames);
        }

        if (_outputs.Channels > 0)
        {
            _outputs.BindOutputs(output, first, block.Frames);
        }

        if (_stream.Render(ref block) && _outputs.Channels > 0)
        {
            _outputs.Deliver(output, first, block.Frames);
        }
    }

    /// <summary>A block of the cycle's channels and times; its frames are still to be filled in.</summary>
    [RealtimeSafe]
    private DeviceBlock Describe(
        DeviceFigures figures, MeshTime wake, int frames, AudioTimeStamp* inputTime, AudioTimeStamp* outputTime)
    {
        DeviceBlock block = new()
        {
            Outputs = _outputs.Pointers,
            Inputs = _inputs.Pointers,
            OutputChannels = _outputs.Channels,
            InputChannels = _inputs.Channels,
            WakeTime = wake,
            PeriodTime = wake,
            OutputTime = MeshTime.Unknown,
            InputTime = MeshTime.Unknown,
        };
        if (_inputs.Channels > 0 && TryTime(inputTime, out MeshTime arrival))
        {
            block.InputTime = arrival.Add(-figures.Nanoseconds(figures.InputLatency));
            block.PeriodTime = figures.DueByInput(arrival, frames);
        }

        if (_outputs.Channels > 0 && TryTime(outputTime, out MeshTime handover))
        {
            block.OutputTime = handover.Add(figures.Nanoseconds(figures.OutputLatency));
            block.PeriodTime = figures.DueByOutput(handover, frames);
        }

        return block;
    }

    /// <summary>Moves on to the part of a long cycle that follows the block.</summary>
    [RealtimeSafe]
    private static void Advance(ref DeviceBlock block, DeviceFigures figures)
    {
        long nanoseconds = figures.Nanoseconds(block.Frames);
        block.DeviceFrame += block.Frames;
        block.PeriodTime = block.PeriodTime.Add(nanoseconds);
        block.OutputTime = block.OutputTime.IsKnown ? block.OutputTime.Add(nanoseconds) : MeshTime.Unknown;
        block.InputTime = block.InputTime.IsKnown ? block.InputTime.Add(nanoseconds) : MeshTime.Unknown;
    }

    [RealtimeSafe]
    private long Count(AudioTimeStamp* time, int frames, DeviceFigures figures)
    {
        long lost = 0;
        long first = (time->mFlags & kAudioTimeStampSampleTimeValid) != 0
            ? _counter.Place(time->mSampleTime, frames, out lost)
            : _counter.Follow(frames);
        for (int mishaps = _counter.Mishaps(lost > 0); mishaps > 0; mishaps--)
        {
            _stream.ReportXrun(new FrameCount(lost).ToNanoseconds(figures.Rate) / 1000, lost);
            lost = 0;
        }

        return first;
    }

    [RealtimeSafe]
    private bool TryTime(AudioTimeStamp* time, out MeshTime converted)
    {
        bool isValid = (time->mFlags & kAudioTimeStampHostTimeValid) != 0;
        converted = isValid ? new MeshTime((long)_library.AudioConvertHostTimeToNanos(time->mHostTime)) : MeshTime.Unknown;
        return isValid;
    }
}
