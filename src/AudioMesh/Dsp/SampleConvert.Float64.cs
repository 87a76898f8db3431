// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

public static unsafe partial class SampleConvert
{
    /// <summary>Double to single precision, rounded to nearest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromFloat64(ReadOnlySpan<double> source, Span<float> destination)
    {
        fixed (double* from = source)
        {
            fixed (float* to = destination)
            {
                BlockLoop.Run(new NarrowOperator(from, to), Math.Min(source.Length, destination.Length));
            }
        }
    }

    private readonly struct NarrowOperator(double* from, float* to) : IBlockOperator
    {
        public nint Lead
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => BlockLoop.LeadOf(to, sizeof(float));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At(nint i) => to[i] = (float)from[i];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At128(nint i) => Vector128.Narrow(Vector128.Load(from + i), Vector128.Load(from + i + 2)).Store(to + i);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At256(nint i) => Vector256.Narrow(Vector256.Load(from + i), Vector256.Load(from + i + 4)).Store(to + i);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At512(nint i) => Vector512.Narrow(Vector512.Load(from + i), Vector512.Load(from + i + 8)).Store(to + i);
    }
}
