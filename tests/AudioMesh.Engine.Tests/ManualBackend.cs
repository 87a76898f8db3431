// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;

namespace AudioMesh.Engine.Tests;

/// <summary>A device whose clock is the test: every period happens when the test pulls it, on the test's thread.</summary>
internal sealed unsafe class ManualBackend : IAudioOutputBackend
{
    private readonly Queue<Backends.DeviceEvent> _events = [];
    private IRenderCallback? _render;

    public string Driver => "manual";

    public BackendState State { get; private set; }

    public StreamInfo? Stream { get; private set; }

    public string LostReason => State == BackendState.Lost ? "It was unplugged." : "";

    public long DeviceFrame { get; set; }

    public bool RefusesToOpen { get; set; }

    /// <summary>Whether its blocks are not realtime, so that files and models are waited for.</summary>
    public bool Freewheels { get; set; }

    /// <summary>Whether its clock is that of its frames instead of the machine's.</summary>
    public bool CountsTime { get; set; }

    /// <summary>When frame 0 leaves the device, whose clock is then exact; null for whenever the test pulls.</summary>
    public MeshTime? Epoch { get; set; }

    public bool RefusesToStart { get; set; }

    public int Opened { get; private set; }

    /// <summary>What comes to its MIDI inputs in the next period; null where it has none.</summary>
    public Midi.MidiBuffer[]? MidiInputs { get; set; }

    /// <summary>What its MIDI outputs got in the last period; null where it has none.</summary>
    public Midi.MidiBuffer[]? MidiOutputs { get; set; }

    /// <summary>Called after each period that <see cref="Pull"/> renders, with the device frame at which it began.</summary>
    public Action<long>? Rendered { get; set; }

    public bool IsAvailable(out string reason)
    {
        reason = "";
        return true;
    }

    public IReadOnlyList<AudioDevice> EnumerateDevices() => [new("manual", "one", "The test", 2, 2, 48000, true)];

    public StreamInfo Open(StreamRequest request, IRenderCallback? render)
    {
        if (RefusesToOpen)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, "The manual device is unplugged.");
        }

        _render = render;
        Opened++;
        State = BackendState.Open;
        return Stream = new StreamInfo
        {
            Driver = "manual",
            Device = "one",
            Rate = request.Rate == 0 ? 48000 : request.Rate,
            PeriodFrames = request.PeriodFrames == 0 ? 64 : request.PeriodFrames,
            BufferFrames = 128,
            OutputChannels = request.OutputChannels,
            InputChannels = request.InputChannels,
            Format = SampleFormat.Float32,
            OutputLatencyFrames = 100,
        };
    }

    /// <summary>What happens between the first call back and the end of <see cref="Start"/>.</summary>
    public Action? Starting { get; set; }

    public void Start()
    {
        if (RefusesToStart)
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, "The manual device does not start.");
        }

        State = BackendState.Running;
        Starting?.Invoke();
    }

    public void Stop() => State = State == BackendState.Running ? BackendState.Open : State;

    public void Close() => State = BackendState.Closed;

    public void Dispose() => Close();

    public int PushAudio(ReadOnlySpan<float> samples, int frames, MeshTime timestampGpu) => throw new NotSupportedException();

    public bool TryReadEvent(out Backends.DeviceEvent deviceEvent)
    {
        lock (_events)
        {
            return _events.TryDequeue(out deviceEvent);
        }
    }

    public void Lose()
    {
        State = BackendState.Lost;
        lock (_events)
        {
            _events.Enqueue(new Backends.DeviceEvent(DeviceEventKind.Lost, MeshClock.Now, 0));
        }
    }

    public void Render(in DeviceBlock block) => _render!.Render(block);

    /// <summary>One period per call until <paramref name="frames"/> are rendered; channel by channel.</summary>
    public float[][] Pull(int frames, float[][]? input = null)
    {
        StreamInfo stream = Stream!;
        float[][] result = new float[stream.OutputChannels][];
        for (int channel = 0; channel < result.Length; channel++)
        {
            result[channel] = new float[frames];
        }

        for (int done = 0; done < frames; done += stream.PeriodFrames)
        {
            PullPeriod(result, input, done, Math.Min(stream.PeriodFrames, frames - done));
        }

        return result;
    }

    private void PullPeriod(float[][] result, float[][]? input, int offset, int frames)
    {
        float** outputs = stackalloc float*[result.Length];
        float** inputs = stackalloc float*[input?.Length ?? 1];
        System.Runtime.InteropServices.GCHandle[] pins =
            [.. result.Concat(input ?? []).Select(channel => System.Runtime.InteropServices.GCHandle.Alloc(channel, System.Runtime.InteropServices.GCHandleType.Pinned))];
        for (int i = 0; i < pins.Length; i++)
        {
            float* start = (float*)pins[i].AddrOfPinnedObject() + offset;
            if (i < result.Length)
            {
                outputs[i] = start;
            }
            else
            {
                inputs[i - result.Length] = start;
            }
        }

        MeshTime now = CountsTime ? new MeshTime(new FrameCount(DeviceFrame).ToNanoseconds(Stream!.Rate)) : MeshClock.Now;
        DeviceBlock block = new()
        {
            Outputs = outputs,
            OutputChannels = result.Length,
            Inputs = inputs,
            InputChannels = input?.Length ?? 0,
            Frames = frames,
            DeviceFrame = DeviceFrame,
            PeriodTime = now,
            WakeTime = now,
            OutputTime = Epoch?.Add(new FrameCount(DeviceFrame).ToNanoseconds(Stream!.Rate)) ?? now.Add(1_000_000),
            InputTime = now,
            Freewheeling = Freewheels,
            MidiInputs = MidiInputs,
            MidiOutputs = MidiOutputs,
        };
        Array.ForEach(MidiOutputs ?? [], port => port.Clear());
        _render!.Render(block);
        Rendered?.Invoke(DeviceFrame);
        DeviceFrame += frames;
        Array.ForEach(pins, pin => pin.Free());
    }
}
