// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Compute.Kernels;

/// <summary><c>resample</c> in C#.</summary>
internal static unsafe class ResampleKernel
{
    public const int Lanes = 8;
    public const int Rows = 4;

    public static void Oracle(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        Span<float> sums = stackalloc float[Lanes];
        for (int channel = 0; channel < call.GroupsY; channel++)
        {
            for (int frame = 0; frame < parameters.OutputFrames; frame++)
            {
                ref Position position = ref call.Buffer<Position>(3)[frame];
                float* input = call.Buffer<float>(1) + ((long)channel * parameters.InputFrames) + position.First;
                float* row = call.Buffer<float>(2) + ((long)position.Row * parameters.Taps);
                sums.Clear();
                for (int tap = 0; tap < parameters.Taps; tap++)
                {
                    sums[tap % Lanes] += input[tap] * Coefficient(row + tap, parameters.Taps, position);
                }

                call.Buffer<float>(4)[((long)channel * parameters.OutputFrames) + frame] = Total(sums);
            }
        }
    }

    public static void Simd(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        int taps = parameters.Taps;
        float* filter = stackalloc float[ResampleBank.MostTaps];
        for (int frame = 0; frame < parameters.OutputFrames; frame++)
        {
            Position position = call.Buffer<Position>(3)[frame];
            Interpolate(call.Buffer<float>(2) + ((long)position.Row * taps), taps, position, filter);
            for (int channel = 0; channel < call.GroupsY; channel++)
            {
                float* input = call.Buffer<float>(1) + ((long)channel * parameters.InputFrames) + position.First;
                call.Buffer<float>(4)[((long)channel * parameters.OutputFrames) + frame] = Product(input, filter, taps);
            }
        }
    }

    private static void Interpolate(float* row, int taps, Position position, float* filter)
    {
        for (int tap = 0; tap < taps; tap += Lanes)
        {
            Vector256<float> sum = Vector256.Load(row + tap) * position.Weight0;
            sum += Vector256.Load(row + tap + taps) * position.Weight1;
            sum += Vector256.Load(row + tap + (2 * taps)) * position.Weight2;
            sum += Vector256.Load(row + tap + (3 * taps)) * position.Weight3;
            sum.Store(filter + tap);
        }
    }

    private static float Product(float* input, float* filter, int taps)
    {
        Vector256<float> sums = Vector256<float>.Zero;
        for (int tap = 0; tap < taps; tap += Lanes)
        {
            sums += Vector256.Load(input + tap) * Vector256.Load(filter + tap);
        }

        Vector128<float> four = sums.GetLower() + sums.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    private static float Coefficient(float* at, int taps, in Position position)
    {
        float sum = (at[0] * position.Weight0) + (at[taps] * position.Weight1);
        sum += at[2 * taps] * position.Weight2;
        sum += at[3 * taps] * position.Weight3;
        return sum;
    }

    private static float Total(Span<float> sums) =>
        ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));

    /// <summary>Binding 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameters
    {
        public int InputFrames;
        public int OutputFrames;
        public int Taps;
    }

    /// <summary>An element of binding 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Position
    {
        public int First;
        public int Row;
        public float Weight0;
        public float Weight1;
        public float Weight2;
        public float Weight3;
    }
}
