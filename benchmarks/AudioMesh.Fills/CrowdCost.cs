// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Concealment;
using AudioMesh.Engine;

namespace AudioMesh.Fills;

/// <summary>What a period costs the device thread when a stream of many channels loses 5 % of its packets, with training beside it.</summary>
internal sealed class CrowdCost(int channels, Times periods, ConcealmentStatistics statistics, long allocatedBytes)
{
    private const int Period = 64;
    private const int OneIn = 20;

    /// <summary>What the device thread allocated.</summary>
    public long AllocatedBytes => allocatedBytes;

    /// <summary>As a row of the table.</summary>
    public string Row => $"| {channels} | 5 % | {Period} | {periods.Median:0.0} us | {periods.At(0.99):0.0} us | {periods.At(0.999):0.0} us | {periods.At(1):0.0} us | "
        + $"{periods.At(0.999) / (Period * 1e6 / Sound.Rate):P0} | {statistics.Profile} | "
        + $"{100.0 * statistics.StaleFrames / Math.Max(1, statistics.PredictedFrames):0} % of fills | {statistics.SkippedTrainings} of {statistics.SkippedTrainings + statistics.Trainings} |";

    /// <summary>Plays in real time, as a device would.</summary>
    public static CrowdCost Measure(int channels, int seconds)
    {
        using StreamConcealer concealer = new(new ConcealerOptions { Channels = channels, Rate = Sound.Rate });
        using ModelWorker worker = new();
        worker.Add(concealer);
        int blocks = seconds * Sound.Rate / Period;
        Times times = new(blocks);
        float[] samples = new float[channels * Period];
        Sound[] sounds = [.. Enumerable.Range(1, channels).Select(seed => new Sound(seed))];
        uint chance = 1;
        long allocated = 0;
        MeshTime start = MeshClock.Now;
        for (int i = 0; i < blocks; i++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                sounds[channel].Next(samples.AsSpan(channel * Period, Period));
            }

            while (MeshClock.Now - start < (long)i * Period * 1_000_000_000 / Sound.Rate)
            {
                Thread.Yield();
            }

            chance = (chance * 1664525) + 1013904223;
            long before = GC.GetAllocatedBytesForCurrentThread();
            MeshTime begin = MeshClock.Now;
            if ((chance >> 8) % OneIn == 0)
            {
                concealer.Fill(samples);
            }
            else
            {
                concealer.Receive(samples);
            }

            times.Add(MeshClock.Now - begin);
            allocated += i < 100 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        worker.Remove(concealer);
        return new CrowdCost(channels, times, concealer.Statistics, allocated);
    }
}
