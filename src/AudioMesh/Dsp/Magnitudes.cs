// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>Tells sound from what is none. Any thread.</summary>
[RealtimeSafe]
internal static unsafe class Magnitudes
{
    /// <summary>Whether no sample is larger than <paramref name="limit"/>, infinite or not a number; so it is when there is none.</summary>
    public static bool AreWithin(ReadOnlySpan<float> samples, float limit)
    {
        fixed (float* first = samples)
        {
            float largest = ReduceLoop.Run<LargestBits>(first, samples.Length);
            return BitConverter.SingleToInt32Bits(largest) <= BitConverter.SingleToInt32Bits(limit);
        }
    }

    // As whole numbers, magnitudes are in the same order, with the infinite above all and those that are no numbers above that.
    private readonly struct LargestBits : IReduction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Take(float made, float sample) => BitConverter.Int32BitsToSingle(
            Math.Max(BitConverter.SingleToInt32Bits(made), BitConverter.SingleToInt32Bits(sample) & int.MaxValue));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> Take(Vector128<float> made, Vector128<float> samples) =>
            Vector128.Max(made.AsInt32(), samples.AsInt32() & Vector128.Create(int.MaxValue)).AsSingle();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Take(Vector256<float> made, Vector256<float> samples) =>
            Vector256.Max(made.AsInt32(), samples.AsInt32() & Vector256.Create(int.MaxValue)).AsSingle();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Take(Vector512<float> made, Vector512<float> samples) =>
            Vector512.Max(made.AsInt32(), samples.AsInt32() & Vector512.Create(int.MaxValue)).AsSingle();
    }
}
