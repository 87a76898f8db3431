// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Compute.Kernels;

/// <summary><c>meters</c> in C#.</summary>
internal static unsafe class MetersKernel
{
    public const int Phases = 4;

    public static void Oracle(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        Span<float> lanes = stackalloc float[LaneTree.Lanes];
        for (int channel = 0; channel < call.GroupsX; channel++)
        {
            float* history = call.Buffer<float>(1) + ((long)channel * parameters.Stride);
            float* samples = history + parameters.Taps - 1;
            lanes.Clear();
            Reading reading = default;
            for (int i = 0; i < parameters.Frames; i++)
            {
                reading.Peak = Larger(reading.Peak, Math.Abs(samples[i]));
                lanes[i % LaneTree.Lanes] += samples[i] * samples[i];
                for (int phase = 0; phase < Phases; phase++)
                {
                    reading.TruePeak = Larger(reading.TruePeak, Math.Abs(Between(samples + i, call.Buffer<float>(2) + phase, parameters.Taps)));
                }
            }

            reading.Energy = LaneTree.Total(lanes);
            call.Buffer<Reading>(3)[channel] = reading;
            Keep(history, parameters);
        }
    }

    public static void Simd(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        Span<float> lanes = stackalloc float[LaneTree.Lanes];
        for (int channel = 0; channel < call.GroupsX; channel++)
        {
            float* history = call.Buffer<float>(1) + ((long)channel * parameters.Stride);
            float* samples = history + parameters.Taps - 1;
            lanes.Clear();
            float peak = Scan(samples, parameters.Frames, lanes);
            call.Buffer<Reading>(3)[channel] = new()
            {
                Peak = peak,
                Energy = LaneTree.Total(lanes),
                TruePeak = TruePeak(samples, call.Buffer<float>(2), parameters),
            };
            Keep(history, parameters);
        }
    }

    /// <summary>The peak; squares are added to the lanes.</summary>
    private static float Scan(float* samples, int frames, Span<float> lanes)
    {
        Vector<float> peaks = Vector<float>.Zero;
        int i = 0;
        for (; i <= frames - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> x = Vector.Load(samples + i);
            Vector<float> magnitudes = Vector.Abs(x);
            peaks = Vector.ConditionalSelect(Vector.GreaterThan(magnitudes, peaks), magnitudes, peaks);
            Span<float> lane = lanes[(i % LaneTree.Lanes)..];
            (new Vector<float>(lane) + (x * x)).CopyTo(lane);
        }

        float peak = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            peak = Larger(peak, peaks[lane]);
        }

        for (; i < frames; i++)
        {
            peak = Larger(peak, Math.Abs(samples[i]));
            lanes[i % LaneTree.Lanes] += samples[i] * samples[i];
        }

        return peak;
    }

    /// <summary>The four phases side by side.</summary>
    private static float TruePeak(float* samples, float* table, Parameters parameters)
    {
        Vector128<float> peaks = Vector128<float>.Zero;
        for (int i = 0; i < parameters.Frames; i++)
        {
            Vector128<float> sums = Vector128<float>.Zero;
            for (int tap = 0; tap < parameters.Taps; tap++)
            {
                sums += Vector128.Load(table + (tap * Phases)) * Vector128.Create(samples[i - tap]);
            }

            Vector128<float> magnitudes = Vector128.Abs(sums);
            peaks = Vector128.ConditionalSelect(Vector128.GreaterThan(magnitudes, peaks), magnitudes, peaks);
        }

        return Larger(Larger(peaks[0], peaks[1]), Larger(peaks[2], peaks[3]));
    }

    private static float Between(float* newest, float* phase, int taps)
    {
        float sum = 0;
        for (int tap = 0; tap < taps; tap++)
        {
            sum += newest[-tap] * phase[tap * Phases];
        }

        return sum;
    }

    private static void Keep(float* history, Parameters parameters) =>
        new Span<float>(history + parameters.Frames, parameters.Taps - 1).CopyTo(new(history, parameters.Taps - 1));

    private static float Larger(float a, float b) => b > a ? b : a;

    /// <summary>Binding 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameters
    {
        public int Frames;
        public int Taps;

        public readonly int Stride => Taps - 1 + Frames;
    }

    /// <summary>An element of binding 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Reading
    {
        public float Peak;
        public float Energy;
        public float TruePeak;
    }
}
