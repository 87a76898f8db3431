// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Dsp;

namespace AudioMesh.Simd;

/// <summary>The kernels of the render path on a block of 512 samples.</summary>
internal static class Kernels
{
    private const int Samples = 512;
    private const int PerRound = 2000;
    private const int Rounds = 60;

    /// <summary>The shortest of many rounds: what the code costs when the machine does nothing else.</summary>
    public static IEnumerable<KernelTime> Measure()
    {
        (string Name, Action Run)[] kernels = Make();
        long[] best = new long[kernels.Length];
        Array.Fill(best, long.MaxValue);

        // Round by round over all of them, so that a busy moment of the machine does not hit one kernel alone.
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < kernels.Length; i++)
            {
                best[i] = Math.Min(best[i], Time(kernels[i].Run));
            }
        }

        return kernels.Select((kernel, i) => new KernelTime(kernel.Name, best[i] * 1e9 / Stopwatch.Frequency / PerRound));
    }

    private static long Time(Action run)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < PerRound; i++)
        {
            run();
        }

        return Stopwatch.GetTimestamp() - begin;
    }

    private static (string Name, Action Run)[] Make()
    {
        float[] source = [.. Enumerable.Range(0, Samples).Select(i => 0.5f * MathF.Sin(i * 0.06f))];
        float[] target = [.. source];
        short[] shorts = new short[Samples];
        byte[] packed = new byte[Samples * 3];
        float measured = 0;
        return
        [
            ("Mix.Add", () => Mix.Add(source, target)),
            ("Mix.AddScaled", () => Mix.AddScaled(source, 0.01f, target)),
            ("Gain.Apply", () => Gain.Apply(target, 0.999f)),
            ("GainRamp.Apply", () => GainRamp.Apply(target, 0.998f, 0.999f)),
            ("GainRamp.AddRamped", () => GainRamp.AddRamped(source, 0.01f, 0.02f, target)),
            ("Peak.Measure", () => measured += Peak.Measure(source)),
            ("Rms.Measure", () => measured += Rms.Measure(source)),
            ("Interleave.ToPlanar", () => Interleave.ToPlanar(source, target, 2)),
            ("Interleave.FromPlanar", () => Interleave.FromPlanar(source, target, 2)),
            ("SampleConvert.ToInt16", () => SampleConvert.ToInt16(source, shorts)),
            ("SampleConvert.FromInt16", () => SampleConvert.FromInt16(shorts, target)),
            ("SampleConvert.ToInt24", () => SampleConvert.ToInt24(source, packed)),
            ("SampleConvert.FromInt24", () => SampleConvert.FromInt24(packed, target)),
        ];
    }
}
