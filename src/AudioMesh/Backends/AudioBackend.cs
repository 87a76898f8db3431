// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>
/// What all backends share: the states and their order, the errors of calls out of order, the events, push mode and the wait for
/// the first block. A backend adds the device. Threads and errors are those of <see cref="IAudioOutputBackend"/>.
/// </summary>
public abstract class AudioBackend : IAudioOutputBackend
{
    private const int EventCapacity = 256;
    private const int FirstBlockPatienceMs = 1000;

    private readonly EventQueue<DeviceEvent> _events = new(EventCapacity);
    private volatile DeviceStream? _stream;
    private volatile PushSource? _push;
    private bool _started;
    private bool _disposed;

    private protected AudioBackend()
    {
    }

    /// <inheritdoc/>
    public abstract string Driver { get; }

    /// <inheritdoc/>
    public virtual bool CanReturn => true;

    /// <inheritdoc/>
    public BackendState State => _stream?.State ?? BackendState.Closed;

    /// <inheritdoc/>
    public StreamInfo? Stream => _stream?.Info;

    /// <inheritdoc/>
    public string LostReason => _stream?.LostReason ?? "";

    /// <inheritdoc/>
    public abstract bool IsAvailable(out string reason);

    /// <inheritdoc/>
    public abstract IReadOnlyList<AudioDevice> EnumerateDevices();

    /// <inheritdoc/>
    public StreamInfo Open(StreamRequest request, IRenderCallback? render)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_disposed)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidState, $"{Driver}: open after dispose.");
        }

        Require("open", State == BackendState.Closed);
        request.Validate();
        if (render is null && !request.Paced)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"{Driver}: a stream that is not paced needs a render callback: it would not wait for what is pushed.")
            {
                Field = "paced",
            };
        }

        if (!HasMidi && request.MidiOutputs + request.MidiInputs > 0)
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"{Driver}: it has no MIDI ports.")
            {
                Field = request.MidiOutputs > 0 ? "midi_outputs" : "midi_inputs",
                Allowed = "0",
            };
        }

        DeviceStream stream = new(_events);
        StreamInfo info = OpenDevice(request, stream);
        try
        {
            _push = render is null ? new PushSource(stream, info, request.PushFrames) : null;
        }
        catch
        {
            stream.Detach();
            CloseDevice();
            throw;
        }

        stream.Configure(info, render ?? _push!);
        _stream = stream;
        return info;
    }

    /// <inheritdoc/>
    public void Start()
    {
        DeviceStream? stream = _stream;
        Require("start", stream is { State: BackendState.Open });
        long before = stream!.Blocks;
        stream.Run();
        _started = true;
        try
        {
            StartDevice();
            AwaitBlock(stream, before);
        }
        catch
        {
            StopStream(stream);
            throw;
        }

        stream.Update(info => info with { IsRealtime = IsDeviceThreadRealtime });
    }

    /// <inheritdoc/>
    public void Stop()
    {
        DeviceStream? stream = _stream;
        Require("stop", stream is { State: BackendState.Running or BackendState.Lost });
        StopStream(stream!);
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_stream is not { } stream)
        {
            return;
        }

        StopStream(stream);
        _push?.Dispose();
        _push = null;
        CloseDevice();
        stream.Detach();
        _stream = null;
    }

    /// <inheritdoc/>
    public int PushAudio(ReadOnlySpan<float> samples, int frames, MeshTime timestampGpu)
    {
        PushSource push = _push ?? throw new AudioMeshException(
            AudioErrorKind.InvalidState,
            $"{Driver}: push needs a stream opened without a render callback; the state is {State}.");
        return push.Write(samples, frames, timestampGpu);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public bool TryReadEvent(out DeviceEvent deviceEvent) => _events.TryPop(out deviceEvent);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether it has MIDI ports for who asks.</summary>
    private protected virtual bool HasMidi => false;

    /// <summary>Whether the running device thread has realtime priority; asked after the first block.</summary>
    private protected abstract bool IsDeviceThreadRealtime { get; }

    /// <summary>
    /// Configures the device of a valid request and says what came of it. The device's threads run their blocks through
    /// <paramref name="stream"/>. When it throws, it has given everything back.
    /// </summary>
    private protected abstract StreamInfo OpenDevice(StreamRequest request, DeviceStream stream);

    /// <summary>Makes the device call back. When it throws, <see cref="StopDevice"/> follows.</summary>
    private protected abstract void StartDevice();

    /// <summary>Undoes <see cref="StartDevice"/>, also half-way; the stream lets no more blocks through already.</summary>
    private protected abstract void StopDevice();

    /// <summary>Gives back all of <see cref="OpenDevice"/>; the device is stopped already.</summary>
    private protected abstract void CloseDevice();

    private void StopStream(DeviceStream stream)
    {
        stream.Hold();
        if (_started)
        {
            _started = false;
            StopDevice();
        }
    }

    private void AwaitBlock(DeviceStream stream, long before)
    {
        // Counted in waits, not by the clock: a pause of the whole process is one of them and never the device's fault.
        StreamInfo info = stream.Info!;
        int patienceMs = FirstBlockPatienceMs + (2 * 1000 * info.BufferFrames / info.Rate);
        for (int waitedMs = 0; stream.Blocks == before; waitedMs++)
        {
            if (stream.State == BackendState.Lost)
            {
                throw new AudioMeshException(AudioErrorKind.DeviceLost, $"{Driver}: {stream.LostReason}");
            }

            if (waitedMs >= patienceMs)
            {
                throw new AudioMeshException(AudioErrorKind.Timeout, $"{Driver}: {info.Device} did not call back within {patienceMs} ms.");
            }

            Thread.Sleep(1);
        }
    }

    private void Require(string call, bool holds)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidState, $"{Driver}: {call} does not fit the state {State}.");
        }
    }
}
