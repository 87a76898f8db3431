// SPDX-License-Identifier: MIT
using AudioMesh.Compute;
using AudioMesh.Compute.Clock;

namespace AudioMesh.Cli.Compute;

/// <summary>How good a device's clock is.</summary>
/// <param name="OffsetNs">Mesh time less the device's time, nanoseconds.</param>
/// <param name="Ppm">How much faster than it claims the device's clock runs, as far as could be seen in the time.</param>
/// <param name="ErrorNs">The map's error is at most this.</param>
/// <param name="JitterNs">How far single readings scatter.</param>
internal sealed record ClockReport(long OffsetNs, double Ppm, double ErrorNs, double JitterNs)
{
    private const int Samples = 20;
    private const int PauseMs = 25;

    /// <summary>Half a second of samples; null where none came.</summary>
    public static ClockReport? Measure(IComputeDevice device)
    {
        GpuClock clock = new(device);
        for (int i = 0; i < Samples; i++)
        {
            clock.Sample();
            Thread.Sleep(PauseMs);
        }

        if (!clock.Map.IsKnown)
        {
            return null;
        }

        SyncCalibrationBlock block = clock.ToBlock("", "");
        return new ClockReport(block.TimestampCpu - block.TimestampGpu, clock.Ppm, clock.Map.ErrorNs, clock.JitterNs);
    }
}
