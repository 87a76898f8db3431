// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>Frames whose places lie between the same two filters: so taps serve eight frames at a time, and only what is between the filters is each frame's own.</summary>
[RealtimeSafe]
internal static unsafe class FractionalRun
{
    /// <summary>The fewest frames.</summary>
    public const int Fewest = 8;

    private const int Taps = FractionalKernels.Taps;

    /// <summary>
    /// Makes <paramref name="frames"/>, the first from all around <paramref name="from"/>, with <paramref name="share"/> of the second filter, and <paramref name="growth"/> more of it with each.
    /// </summary>
    [SkipLocalsInit]
    public static void Apply(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float share, float growth, float* from, float* to, int frames)
    {
        float* between = stackalloc float[Taps];
        for (int tap = 0; tap < Taps; tap++)
        {
            between[tap] = second[tap] - first[tap];
        }

        fixed (float* taps = first)
        {
            int frame = 0;
            for (; frame <= frames - (2 * Fewest); frame += 2 * Fewest)
            {
                Sixteen(taps, between, share + (frame * growth), growth, from + frame, to + frame);
            }

            // The last ones are made with those before them once more.
            for (; frame < frames; frame += Fewest)
            {
                int at = Math.Min(frame, frames - Fewest);
                Eight(taps, between, share + (at * growth), growth, from + at, to + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sixteen(float* taps, float* between, float share, float growth, float* from, float* to)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (int tap = 0; tap < Taps; tap += 2)
        {
            Vector256<float> early = Vector256.Load(from + tap), late = Vector256.Load(from + tap + 8);
            Add(taps + tap, between + tap, early, late, ref a, ref b, ref c, ref d);
            early = Vector256.Load(from + tap + 1);
            late = Vector256.Load(from + tap + 9);
            Add(taps + tap + 1, between + tap + 1, early, late, ref e, ref f, ref g, ref h);
        }

        Vector256<float> shares = Vector256.Create(share) + (Vector256<float>.Indices * growth);
        (a + e + (shares * (c + g))).Store(to);
        shares += Vector256.Create(8 * growth);
        (b + f + (shares * (d + h))).Store(to + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        float* tap, float* between, Vector256<float> early, Vector256<float> late, ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c, ref Vector256<float> d)
    {
        Vector256<float> weight = Vector256.Create(*tap), more = Vector256.Create(*between);
        a = Vector256.MultiplyAddEstimate(weight, early, a);
        b = Vector256.MultiplyAddEstimate(weight, late, b);
        c = Vector256.MultiplyAddEstimate(more, early, c);
        d = Vector256.MultiplyAddEstimate(more, late, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* taps, float* between, float share, float growth, float* from, float* to)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        for (int tap = 0; tap < Taps; tap += 2)
        {
            Vector256<float> first = Vector256.Load(from + tap), second = Vector256.Load(from + tap + 1);
            a = Vector256.MultiplyAddEstimate(Vector256.Create(taps[tap]), first, a);
            b = Vector256.MultiplyAddEstimate(Vector256.Create(taps[tap + 1]), second, b);
            c = Vector256.MultiplyAddEstimate(Vector256.Create(between[tap]), first, c);
            d = Vector256.MultiplyAddEstimate(Vector256.Create(between[tap + 1]), second, d);
        }

        Vector256<float> shares = Vector256.Create(share) + (Vector256<float>.Indices * growth);
        (a + b + (shares * (c + d))).Store(to);
    }
}
