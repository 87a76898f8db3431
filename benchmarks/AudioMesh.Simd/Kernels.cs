// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;
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

    private static unsafe (string Name, Action Run)[] Make()
    {
        float* source = (float*)Aligned(sizeof(float));
        float* target = (float*)Aligned(sizeof(float));
        short* shorts = (short*)Aligned(sizeof(short));
        byte* packed = (byte*)Aligned(3);
        for (int i = 0; i < Samples; i++)
        {
            target[i] = source[i] = 0.5f * MathF.Sin(i * 0.06f);
        }

        float measured = 0;
        TruePeakMeter meter = new();
        TpdfDither dither = new(1);
        float* mixes = (float*)Aligned(sizeof(float));
        return
        [
            ("Mix.Add", () => Mix.Add(new(source, Samples), new(target, Samples))),
            ("Mix.AddScaled", () => Mix.AddScaled(new(source, Samples), 0.01f, new(target, Samples))),
            ("Gain.Apply", () => Gain.Apply(new(target, Samples), 0.999f)),
            ("GainRamp.Apply", () => GainRamp.Apply(new(target, Samples), 0.998f, 0.999f)),
            ("GainRamp.AddRamped", () => GainRamp.AddRamped(new(source, Samples), 0.01f, 0.02f, new(target, Samples))),
            ("Peak.Measure", () => measured += Peak.Measure(new(source, Samples))),
            ("Rms.Measure", () => measured += Rms.Measure(new(source, Samples))),
            ("Interleave.ToPlanar", () => Interleave.ToPlanar(new(source, Samples), new(target, Samples), 2)),
            ("Interleave.FromPlanar", () => Interleave.FromPlanar(new(source, Samples), new(target, Samples), 2)),
            ("SampleConvert.ToInt16", () => SampleConvert.ToInt16(new(source, Samples), new(shorts, Samples))),
            ("SampleConvert.FromInt16", () => SampleConvert.FromInt16(new(shorts, Samples), new(target, Samples))),
            ("PowerRamp.Apply", () => PowerRamp.Apply(new(target, Samples), 0.998f, 0.999f)),
            ("TruePeakMeter.Measure", () => measured += meter.Measure(new(source, Samples))),
            ("MixMatrix.Mix", () => MixMatrix.Mix(new(source, Samples), new(source, 64), new(target, 64), new(mixes, Samples), 64)),
            ("ToInt16BigEndian", () => SampleConvert.ToInt16BigEndian(new(source, Samples), new(shorts, Samples))),
            ("ToInt16.Dithered", () => SampleConvert.ToInt16(new(source, Samples), new(shorts, Samples), ref dither)),
            ("SampleConvert.ToInt24", () => SampleConvert.ToInt24(new(source, Samples), new(packed, Samples * 3))),
            ("SampleConvert.FromInt24", () => SampleConvert.FromInt24(new(packed, Samples * 3), new(target, Samples))),
        ];
    }

    // Where a block lies decides how many cache lines a load crosses, and arrays lie elsewhere in every process.
    private static unsafe void* Aligned(int bytesPerSample) => NativeMemory.AlignedAlloc((nuint)(Samples * bytesPerSample), 64);
}
