// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Engine;

namespace AudioMesh.Native;

/// <summary><c>am_telemetry</c> of audiomesh.h, field by field.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Telemetry
{
    public uint Size;
    public uint State;
    public uint Rate;
    public uint Period;
    public ulong Periods;
    public ulong Missed;
    public ulong DeviceXruns;
    public ulong Overruns;
    public ulong Underruns;
    public ulong UnderrunFrames;
    public ulong PredictedFrames;
    public ulong GcUnderruns;
    public ulong EventsDropped;
    public ulong AllocatedBytes;
    public uint Collections;
    public uint IsRealtime;
    public double Load;
    public double LoadPeak;
    public Quantiles LatenessUs;
    public Quantiles RenderUs;
    public long Position;
    public long MeshTime;

    /// <summary>Writes as much as the caller's <c>size</c> says it has room for.</summary>
    public static unsafe void Write(in EngineTelemetry figures, byte* destination)
    {
        uint size = *(uint*)destination;
        if (size < sizeof(uint) * 4)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"telemetry.size {size} is not sizeof(am_telemetry).");
        }

        Telemetry telemetry = Of(figures, size);
        Buffer.MemoryCopy(&telemetry, destination, size, Math.Min(size, (uint)sizeof(Telemetry)));
    }

    private static Telemetry Of(in EngineTelemetry figures, uint size) => new()
    {
        Size = size,
        State = (uint)figures.State,
        Rate = (uint)figures.Rate,
        Period = (uint)figures.PeriodFrames,
        Periods = (ulong)figures.Periods,
        Missed = (ulong)figures.Missed,
        DeviceXruns = (ulong)figures.DeviceXruns,
        Overruns = (ulong)figures.Overruns,
        Underruns = (ulong)figures.Underruns,
        UnderrunFrames = (ulong)figures.UnderrunFrames,
        PredictedFrames = (ulong)figures.PredictedFrames,
        GcUnderruns = (ulong)figures.GcUnderruns,
        EventsDropped = (ulong)figures.EventsDropped,
        AllocatedBytes = (ulong)figures.AllocatedBytes,
        Collections = (uint)figures.Collections,
        IsRealtime = figures.IsRealtime ? 1u : 0u,
        Load = figures.Load,
        LoadPeak = figures.LoadPeak,
        LatenessUs = figures.LatenessUs,
        RenderUs = figures.RenderUs,
        Position = figures.Placement.Position.Value,
        MeshTime = figures.Placement.OutputTime.Nanoseconds,
    };
}
