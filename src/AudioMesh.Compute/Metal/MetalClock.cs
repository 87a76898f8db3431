// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>
/// Reads a device's clock by <c>sampleTimestamps</c>, between two readings of mesh time. Metal does not say how long a tick is: that is measured once.
/// </summary>
internal sealed unsafe class MetalClock
{
    private const int Readings = 4;
    private const int MeasureStepMs = 10;
    private const int MeasureSteps = 25;

    /// <summary>How well the length of a tick must be known, so that what a map takes for its clock's skew stays far from its limit.</summary>
    private const double Tolerance = 100e-6;

    /// <summary>The roundest of these frequencies that fits the measurement is taken for the true one.</summary>
    private static readonly double[] RoundHz = [1e9, 1e8, 1e7, 1e6, 1e5];

    private readonly MetalFramework _metal;
    private readonly nint _device;
    private readonly double _nsPerTick;

    public MetalClock(MetalFramework metal, nint device)
    {
        (_metal, _device) = (metal, device);
        _nsPerTick = MeasureNsPerTick();
    }

    /// <summary>Whether the device has one.</summary>
    public bool IsThere => _nsPerTick > 0;

    public bool TrySample(out GpuClockSample sample)
    {
        sample = default;
        if (!IsThere || !TryRead(out Reading reading))
        {
            return false;
        }

        sample = new(reading.Ticks, ValidBits: 64, _nsPerTick, reading.Time, reading.ErrorNs + (long)Math.Ceiling(_nsPerTick));
        return true;
    }

    /// <summary>The closest of some readings, as the call may go through the kernel.</summary>
    private bool TryRead(out Reading best)
    {
        best = new(0, MeshTime.Unknown, long.MaxValue);
        for (int i = 0; i < Readings; i++)
        {
            ulong cpu = 0;
            ulong gpu = 0;
            MeshTime before = MeshClock.Now;
            _metal.Device.sampleTimestamps_gpuTimestamp_(_device, &cpu, &gpu);
            long tookNs = MeshClock.Now - before;
            if (gpu != 0 && tookNs - (tookNs / 2) < best.ErrorNs)
            {
                best = new(gpu, before.Add(tookNs / 2), tookNs - (tookNs / 2));
            }
        }

        return best.Ticks != 0;
    }

    /// <summary>0 where the clock cannot be read, or not well enough.</summary>
    private double MeasureNsPerTick()
    {
        bool isRead = TryRead(out Reading first);
        for (int step = 0; isRead && step < MeasureSteps; step++)
        {
            Thread.Sleep(MeasureStepMs);
            isRead = TryRead(out Reading second) && second.Ticks > first.Ticks;
            double ticks = second.Ticks - first.Ticks;
            double elapsedNs = second.Time - first.Time;
            double tolerance = ((first.ErrorNs + second.ErrorNs) / elapsedNs) + (1 / ticks);
            if (isRead && tolerance <= Tolerance)
            {
                return 1e9 / Rounded(ticks * 1e9 / elapsedNs, tolerance);
            }

            first = second.ErrorNs < first.ErrorNs / 2 ? second : first;
        }

        return 0;
    }

    private static double Rounded(double hz, double tolerance)
    {
        foreach (double step in RoundHz)
        {
            double round = Math.Round(hz / step) * step;
            if (Math.Abs(round - hz) <= hz * tolerance)
            {
                return round;
            }
        }

        return hz;
    }

    private readonly record struct Reading(ulong Ticks, MeshTime Time, long ErrorNs);
}
