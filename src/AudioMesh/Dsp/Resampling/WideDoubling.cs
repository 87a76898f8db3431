// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>The filter of a <see cref="Doubler{T}"/> for many frames at a time in 512 bits, with the same bits as in fewer.</summary>
internal static unsafe class WideDoubling
{
    private const int Lanes = 8;

    public static bool IsFast => Vector512.IsHardwareAccelerated;

    public static int FramesOf<T>() => Lanes * Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Filter<T>(T* pairs, int halfTaps, T* center, T* even, T* odd)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        T* end = pairs + (2 * halfTaps);
        T* left = center - halfTaps + 1;
        T* right = center + halfTaps - 1;
        Vector512<T> e0 = Vector512<T>.Zero, e1 = e0, e2 = e0, e3 = e0, e4 = e0, e5 = e0, e6 = e0, e7 = e0;
        Vector512<T> o0 = e0, o1 = e0, o2 = e0, o3 = e0, o4 = e0, o5 = e0, o6 = e0, o7 = e0;
        Vector512<T> r0 = Vector512.Load(right + 1), r1 = Vector512.Load(right + 1 + w), r2 = Vector512.Load(right + 1 + (2 * w)), r3 = Vector512.Load(right + 1 + (3 * w));
        Vector512<T> r4 = Vector512.Load(right + 1 + (4 * w)), r5 = Vector512.Load(right + 1 + (5 * w)), r6 = Vector512.Load(right + 1 + (6 * w)), r7 = Vector512.Load(right + 1 + (7 * w));
        for (; pairs < end; pairs += 2, left++, right--)
        {
            Vector512<T> atFrames = Vector512.Create(pairs[0]);
            Vector512<T> between = Vector512.Create(pairs[1]);
            Step(left, right, atFrames, between, ref r0, ref e0, ref o0);
            Step(left + w, right + w, atFrames, between, ref r1, ref e1, ref o1);
            Step(left + (2 * w), right + (2 * w), atFrames, between, ref r2, ref e2, ref o2);
            Step(left + (3 * w), right + (3 * w), atFrames, between, ref r3, ref e3, ref o3);
            Step(left + (4 * w), right + (4 * w), atFrames, between, ref r4, ref e4, ref o4);
            Step(left + (5 * w), right + (5 * w), atFrames, between, ref r5, ref e5, ref o5);
            Step(left + (6 * w), right + (6 * w), atFrames, between, ref r6, ref e6, ref o6);
            Step(left + (7 * w), right + (7 * w), atFrames, between, ref r7, ref e7, ref o7);
        }

        Store(even, e0, e1, e2, e3, e4, e5, e6, e7);
        Store(odd, o0, o1, o2, o3, o4, o5, o6, o7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T>(T* left, T* right, Vector512<T> atFrames, Vector512<T> between, ref Vector512<T> outer, ref Vector512<T> even, ref Vector512<T> odd)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector512<T> before = Vector512.Load(left);
        odd = VectorMath.MultiplyAdd(between, before + outer, odd);
        outer = Vector512.Load(right);
        even = VectorMath.MultiplyAdd(atFrames, before + outer, even);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(
        T* to, Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d, Vector512<T> e, Vector512<T> f, Vector512<T> g, Vector512<T> h)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        a.Store(to);
        b.Store(to + w);
        c.Store(to + (2 * w));
        d.Store(to + (3 * w));
        e.Store(to + (4 * w));
        f.Store(to + (5 * w));
        g.Store(to + (6 * w));
        h.Store(to + (7 * w));
    }
}
