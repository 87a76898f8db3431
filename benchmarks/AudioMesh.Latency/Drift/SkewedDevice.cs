// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Latency.Drift;

/// <summary>A device whose clock runs faster than it says by so many ppm: a thread that calls when a period of that clock is due. What is late by more than two periods is left out.</summary>
internal sealed unsafe class SkewedDevice(double ppm, IDeviceTap tap) : IAudioOutputBackend
{
    /// <summary>The name by which an engine opens it.</summary>
    public const string Name = "skewed";

    public const int Rate = 48_000;
    public const int PeriodFrames = 64;

    private const int BufferFrames = 2 * PeriodFrames;

    private readonly double _nsPerFrame = 1e9 / (Rate * (1 + (ppm * 1e-6)));
    private readonly float[] _output = GC.AllocateArray<float>(PeriodFrames, pinned: true);
    private readonly float[] _input = GC.AllocateArray<float>(PeriodFrames, pinned: true);
    private IRenderCallback? _render;
    private RealtimeThread? _thread;
    private MeshTime _begin;
    private long _frame;
    private volatile bool _isStopping;

    public string Driver => Name;

    public BackendState State { get; private set; }

    public StreamInfo? Stream { get; private set; }

    public string LostReason => "";

    public bool IsAvailable(out string reason)
    {
        reason = "";
        return true;
    }

    public IReadOnlyList<AudioDevice> EnumerateDevices() => [new AudioDevice(Name, Name, "A clock that is off", 1, 1, Rate, IsDefault: true)];

    public StreamInfo Open(StreamRequest request, IRenderCallback? render)
    {
        _render = render;
        State = BackendState.Open;
        return Stream = new StreamInfo
        {
            Driver = Name,
            Device = Name,
            Rate = Rate,
            PeriodFrames = PeriodFrames,
            BufferFrames = BufferFrames,
            OutputChannels = 1,
            InputChannels = 1,
            Format = SampleFormat.Float32,
            OutputLatencyFrames = BufferFrames,
            InputLatencyFrames = PeriodFrames,
        };
    }

    public void Start()
    {
        _isStopping = false;
        _begin = MeshClock.Now;
        State = BackendState.Running;
        _thread = RealtimeThread.Start("am-skewed", RealtimePriority.Device, (long)(PeriodFrames * _nsPerFrame), Run);
    }

    public void Stop()
    {
        _isStopping = true;
        _thread?.Join(Timeout.Infinite);
        _thread = null;
        State = BackendState.Open;
    }

    public void Close()
    {
        Stop();
        State = BackendState.Closed;
    }

    public int PushAudio(ReadOnlySpan<float> samples, int frames, MeshTime timestampGpu) =>
        throw new AudioMeshException(AudioErrorKind.InvalidState, "This device only pulls.");

    public bool TryReadEvent(out DeviceEvent deviceEvent)
    {
        deviceEvent = default;
        return false;
    }

    public void Dispose() => Close();

    private void Run()
    {
        float* output = (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _output[0]);
        float* input = (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _input[0]);
        while (!_isStopping)
        {
            DeadlineTimer.WaitUntil(TimeOf(_frame));
            MeshTime wake = MeshClock.Now;
            long skipped = 0;
            if (wake - TimeOf(_frame) > BufferFrames * _nsPerFrame)
            {
                skipped = (long)((wake - TimeOf(_frame)) / _nsPerFrame) / PeriodFrames * PeriodFrames;
                _frame += skipped;
            }

            _output.AsSpan().Clear();
            tap.Give(TimeOf(_frame), _nsPerFrame, _input);
            DeviceBlock block = new()
            {
                Outputs = &output,
                Inputs = &input,
                OutputChannels = 1,
                InputChannels = 1,
                Frames = PeriodFrames,
                DeviceFrame = _frame,
                PeriodTime = TimeOf(_frame),
                WakeTime = wake,
                OutputTime = TimeOf(_frame + BufferFrames),
                InputTime = TimeOf(_frame - PeriodFrames),
                Xruns = skipped > 0 ? 1 : 0,
                XrunFrames = skipped,
            };
            _render?.Render(block);
            tap.Take(TimeOf(_frame), _nsPerFrame, _output);
            _frame += PeriodFrames;
        }
    }

    private MeshTime TimeOf(long frame) => _begin.Add((long)(frame * _nsPerFrame));
}
