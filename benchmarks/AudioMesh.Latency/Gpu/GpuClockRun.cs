// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Compute;
using AudioMesh.Compute.Clock;

namespace AudioMesh.Latency.Gpu;

/// <summary>Samples a device's clock once a second, and holds the map against single readings that it has not seen.</summary>
internal sealed class GpuClockRun(IComputeDevice device, TimeSpan length)
{
    private const int ChecksPerSecond = 20;
    private static readonly TimeSpan FirstSecond = TimeSpan.FromSeconds(1);

    private readonly GpuClock _clock = new(device);
    private readonly List<long> _lastSecond = [];
    private int _checks;
    private int _outside;
    private double _worstNs;
    private double _worstBoundNs;

    public GpuClockReport Run()
    {
        long begin = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        while ((elapsed = Stopwatch.GetElapsedTime(begin)) < length)
        {
            _clock.Sample();
            _lastSecond.Clear();
            for (int i = 0; i < ChecksPerSecond; i++)
            {
                Thread.Sleep(1000 / ChecksPerSecond);
                Check(elapsed > FirstSecond);
            }
        }

        _lastSecond.Sort();
        return new GpuClockReport
        {
            Device = device.Info.Name,
            Minutes = length.TotalMinutes,
            Samples = _clock.Observations,
            Rejected = _clock.Rejected,
            Checks = _checks,
            OutsideBound = _outside,
            WorstNs = _worstNs,
            WorstBoundNs = _worstBoundNs,
            Ppm = _clock.Ppm,
            JitterNs = _clock.JitterNs,
            DriftNs = _lastSecond.Count > 0 ? _lastSecond[_lastSecond.Count / 2] : double.NaN,
        };
    }

    private void Check(bool hasSettled)
    {
        if (!_clock.Map.IsKnown || !device.TrySampleClock(out GpuClockSample reading))
        {
            return;
        }

        long off = _clock.Map.ToMesh(_clock.Unwrap(reading.GpuTicks, reading.MeshTime)) - reading.MeshTime;
        double boundNs = _clock.Map.ErrorAt(reading.MeshTime) + reading.NsPerTick;
        _checks++;
        _outside += Math.Abs(off) > boundNs + reading.ErrorNs ? 1 : 0;
        _lastSecond.Add(off);
        if (hasSettled)
        {
            _worstNs = Math.Max(_worstNs, Math.Abs(off));
            _worstBoundNs = Math.Max(_worstBoundNs, boundNs);
        }
    }
}
