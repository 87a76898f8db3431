// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Kernels;

namespace AudioMesh.Benchmarks.Graphs;

/// <summary>What one period of a graph takes, as a device would ask for it. <paramref name="WorkUs"/>: of the processor, the mean of all.</summary>
internal sealed unsafe record PeriodCost(Times Us, double WorkUs, long AllocatedBytes, bool IsAudible, IReadOnlyList<(string Type, double AverageNs)> ByType)
{
    public const int Frames = 64;
    public const int Rate = 48000;
    public const double PeriodUs = 1e6 * Frames / Rate;

    private const int Channels = 2;

    public static GraphFormat Format => new(Rate, Frames);

    public static PeriodCost Measure(GraphTopology topology, bool isShort)
    {
        using Renderer renderer = new();
        renderer.Telemetry.Restart(Rate);
        renderer.Commit(new RenderPlan(topology));
        float[] sound = GC.AllocateArray<float>(Frames * Channels, pinned: true);
        float** outputs = stackalloc float*[Channels];
        for (int channel = 0; channel < Channels; channel++)
        {
            outputs[channel] = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(sound, channel * Frames);
        }

        // Nothing is left out for being slow here: that is what is measured.
        DeviceBlock block = new() { Outputs = outputs, OutputChannels = Channels, Frames = Frames, Freewheeling = true };
        for (int i = 0; i < 100; i++)
        {
            Render(renderer, ref block);
        }

        double[] times = new double[isShort ? 200 : 4000];
        double workBefore = ThreadClock.Nanoseconds;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = Render(renderer, ref block);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        double workUs = (ThreadClock.Nanoseconds - workBefore) / 1000 / times.Length;
        return new PeriodCost(Times.Of(times), workUs, allocated, sound.Any(sample => sample != 0), ByTypeOf(topology));
    }

    private static double Render(Renderer renderer, ref DeviceBlock block)
    {
        MeshTime now = MeshClock.Now;
        (block.PeriodTime, block.WakeTime, block.OutputTime) = (now, now, now);
        long begin = Stopwatch.GetTimestamp();
        renderer.Render(block);
        block.DeviceFrame += block.Frames;
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
    }

    private static List<(string Type, double AverageNs)> ByTypeOf(GraphTopology topology) =>
    [
        .. topology.Nodes.GroupBy(node => node.Type.Name)
            .Select(group => (group.Key, group.Select(node => (double)node.Cost.AverageNanoseconds).Order().ElementAt(group.Count() / 2)))
            .OrderByDescending(type => type.Item2),
    ];
}
