// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>Digital silence: every sample zero, of either sign. Any thread.</summary>
[RealtimeSafe]
public static unsafe class Silence
{
    // Sound is found after the first piece; silence is looked through to its end.
    private const int Piece = 256;

    /// <summary>Sets every sample to +0.</summary>
    public static void Clear(Span<float> samples) => samples.Clear();

    /// <summary>Whether every sample is zero; the smallest denormal is not. An empty span is silent.</summary>
    public static bool IsSilent(ReadOnlySpan<float> samples)
    {
        fixed (float* first = samples)
        {
            for (int i = 0; i < samples.Length; i += Piece)
            {
                float bits = ReduceLoop.Run<AnyBit>(first + i, Math.Min(Piece, samples.Length - i));
                if (BitConverter.SingleToInt32Bits(bits) != 0)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Looked at as bits, so that a thread which flushes denormals gives the same answer.
    private readonly struct AnyBit : IReduction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Take(float made, float sample) => BitConverter.Int32BitsToSingle(
            BitConverter.SingleToInt32Bits(made) | (BitConverter.SingleToInt32Bits(sample) & int.MaxValue));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> Take(Vector128<float> made, Vector128<float> samples) =>
            (made.AsInt32() | (samples.AsInt32() & Vector128.Create(int.MaxValue))).AsSingle();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Take(Vector256<float> made, Vector256<float> samples) =>
            (made.AsInt32() | (samples.AsInt32() & Vector256.Create(int.MaxValue))).AsSingle();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Take(Vector512<float> made, Vector512<float> samples) =>
            (made.AsInt32() | (samples.AsInt32() & Vector512.Create(int.MaxValue))).AsSingle();
    }
}
