// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Network.Stems;
using AudioMesh.Network.Time;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>A host that records pulses, which sound at moments of mesh time: its sound device and its clock run at rates of their own.</summary>
internal sealed class StemHost : IDisposable
{
    /// <summary>The pulses are bells, which no filter bends: this wide, in frames.</summary>
    public const double Sigma = 4;

    private const int Reach = 24;

    private readonly double _framesPerNs;
    private readonly MeshTime _start;
    private readonly double _hostRate;
    private readonly long _hostOffsetNs;
    private readonly float[] _block;
    private long _frame;

    /// <summary>Frame 0 of its device is at <paramref name="startNs"/> of mesh time; its own clock shows another time, and runs at another rate.</summary>
    public StemHost(string name, double devicePpm, double clockPpm, long clockOffsetNs, long startNs, int rate = 48000, FileSampleFormat format = FileSampleFormat.Float32)
    {
        _framesPerNs = rate * (1 + (devicePpm * 1e-6)) / 1e9;
        _start = new MeshTime(startNs);
        _hostRate = 1 + (clockPpm * 1e-6);
        _hostOffsetNs = clockOffsetNs;
        Rate = rate;
        _block = new float[512];
        Map = new ClockMap(clockOffsetNs, new MeshTime(0), 1 / _hostRate, 1000);
        Recorder = new TakeRecorder(
            new TakeRecorderOptions { Host = name, Rate = rate, Channels = 1, PeriodFrames = _block.Length, Format = format },
            () => new TimebaseReading(Map, TimebaseState.Locked, MeshId, 1, Steps));
    }

    public TakeRecorder Recorder { get; }

    public int Rate { get; }

    public ClockMap Map { get; set; }

    public ulong MeshId { get; set; } = 7;

    public int Steps { get; set; }

    /// <summary>How late block n says it came, nanoseconds.</summary>
    public Func<long, long> Lateness { get; set; } = _ => 0;

    /// <summary>When a pulse sounds, nanoseconds of mesh time.</summary>
    public List<long> Pulses { get; } = [];

    /// <summary>The mesh time of the device's next frame.</summary>
    public MeshTime Now => _start.Add((long)Math.Round(_frame / _framesPerNs));

    /// <summary>The device runs until that mesh time.</summary>
    public void RunUntil(long ns, FrameFlags flags = FrameFlags.None)
    {
        while (Now.Nanoseconds < ns)
        {
            Render();
            Recorder.Take(_block, Host(Now).Add(Lateness(_frame / _block.Length)), flags, 200);
            _frame += _block.Length;
        }
    }

    /// <summary>The device goes on, and nobody hears it.</summary>
    public void Lose(int blocks) => _frame += blocks * _block.Length;

    public void Dispose() => Recorder.Dispose();

    private MeshTime Host(MeshTime mesh) => new((long)Math.Round(mesh.Nanoseconds * _hostRate) + _hostOffsetNs);

    private void Render()
    {
        Array.Clear(_block);
        foreach (long pulse in Pulses)
        {
            double place = ((pulse - _start.Nanoseconds) * _framesPerNs) - _frame;
            for (int i = Math.Max(0, (int)place - Reach); i < Math.Min(_block.Length, place + Reach); i++)
            {
                _block[i] += (float)(0.5 * Math.Exp(-(i - place) * (i - place) / (2 * Sigma * Sigma)));
            }
        }
    }
}
