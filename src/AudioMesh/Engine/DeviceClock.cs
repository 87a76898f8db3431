// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>
/// Measures the device's clock against mesh time and the system's wall clock, from what the device thread notes of its periods: their times are filtered by
/// the device's own loop, and how far a callback was behind bounds how far such a time may be off. Guarded by the engine's lock.
/// </summary>
internal sealed class DeviceClock(RenderTelemetry telemetry)
{
    private const long ObserveNs = 100_000_000;

    private ClockEstimator? _mesh;
    private ClockEstimator? _system;
    private PeriodReading? _surest;
    private MeshTime _nextAt;
    private int _run = -1;

    /// <summary>Takes readings, of which the surest counts every <see cref="ObserveNs"/>; called every few milliseconds.</summary>
    public void Tick(int rate)
    {
        if (rate == 0)
        {
            return;
        }

        PeriodReading reading = telemetry.ReadPeriod(out bool isNew);
        if (isNew && reading.Run != _run)
        {
            Begin(reading, rate);
        }

        if (isNew && !(_surest?.LatenessNs <= reading.LatenessNs))
        {
            _surest = reading;
        }

        MeshTime now = MeshClock.Now;
        if (_surest is { } surest && now >= _nextAt)
        {
            Observe(surest);
            _surest = null;
            _nextAt = now.Add(ObserveNs);
        }
    }

    /// <summary>The clocks now. <paramref name="isRunning"/>: whether the device calls back.</summary>
    public ClockReport Report(int rate, int periodFrames, bool isRunning)
    {
        MeshTime now = MeshClock.Now;
        PlayedPoint placed = telemetry.Placement;
        ClockMap map = isRunning ? _mesh?.Map ?? default : default;
        double measured = map.IsKnown ? map.FrequencyHz : rate;
        (MeshTime at, long systemNs, _) = ReadBoth();
        FrameCount frame = placed.Position;
        MeshTime mesh = placed.OutputTime;
        if (isRunning && _mesh is not null)
        {
            long ahead = (long)Math.Floor((mesh - now) * (measured / 1e9));
            frame = new FrameCount(Math.Max(0, frame.Value - ahead));
            mesh = mesh.Add(-(long)Math.Round((placed.Position.Value - frame.Value) * (1e9 / measured)));
        }

        double error = map.IsKnown ? map.ErrorAt(now) : double.NaN;
        return new ClockReport
        {
            Frame = frame,
            Mesh = mesh,
            SystemNs = systemNs + (mesh - at),
            NominalRate = rate,
            Rate = measured,
            Ppm = PpmOf(map, rate),
            PpmError = map.IsKnown ? map.RateError * 1e6 : double.NaN,
            SystemPpm = isRunning ? PpmOf(_system?.Map ?? default, rate) : 0,
            IsLocked = error < 1e9 * periodFrames / Math.Max(rate, 1),
            ErrorNs = error,
        };
    }

    private static double PpmOf(ClockMap map, int rate) => map.IsKnown ? ((map.FrequencyHz / rate) - 1) * 1e6 : 0;

    private void Begin(PeriodReading reading, int rate)
    {
        ClockEstimatorOptions options = new() { NominalHz = rate };
        _run = reading.Run;
        _surest = null;
        _nextAt = MeshClock.Now;
        _mesh = reading.IsTimed ? new ClockEstimator(options) : null;
        _system = reading.IsTimed ? new ClockEstimator(options) : null;
    }

    private void Observe(PeriodReading reading)
    {
        if (_mesh is null || _system is null)
        {
            return;
        }

        _mesh.Observe((ulong)reading.DeviceFrame, reading.PeriodTime, reading.LatenessNs);
        (MeshTime mesh, long systemNs, long betweenNs) = ReadBoth();
        MeshTime system = new(systemNs + (reading.PeriodTime - mesh));
        _system.Observe((ulong)reading.DeviceFrame, system, reading.LatenessNs + betweenNs);
    }

    /// <summary>Both clocks at one moment, give or take half of what passed between two readings of one.</summary>
    private static (MeshTime Mesh, long SystemNs, long BetweenNs) ReadBoth()
    {
        MeshTime before = MeshClock.Now;
        long systemNs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        long between = MeshClock.Now - before;
        return (before.Add(between / 2), systemNs, (between / 2) + 100);
    }
}
