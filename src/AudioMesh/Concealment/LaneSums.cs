// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>Sums in an order that does not depend on the width of vectors: element m in lane m mod 64, ascending, then a tree of halves.</summary>
[RealtimeSafe]
internal static class LaneSums
{
    public const int Lanes = 64;

    /// <summary>How many vectors are summed at a time: with two sums each, as many as registers bear.</summary>
    private const int Abreast = 4;

    /// <summary>The sum of a * b.</summary>
    public static float Products(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length % Lanes == 0)
        {
            return Dot(ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(b[..a.Length]), a.Length);
        }

        Span<float> lanes = stackalloc float[Lanes];
        lanes.Clear();
        int m = 0;
        for (; m <= a.Length - Vector<float>.Count; m += Vector<float>.Count)
        {
            Span<float> lane = lanes[(m % Lanes)..];
            (new Vector<float>(lane) + (new Vector<float>(a[m..]) * new Vector<float>(b[m..]))).CopyTo(lane);
        }

        for (; m < a.Length; m++)
        {
            lanes[m % Lanes] += a[m] * b[m];
        }

        return Total(lanes);
    }

    /// <summary>The sum of a * a.</summary>
    public static float Squares(ReadOnlySpan<float> samples) => Products(samples, samples);

    /// <summary>The sum of a * b of a multiple of 64 elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(ref float a, ref float b, int length)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (nuint m = 0; m < (nuint)length; m += Lanes)
        {
            s0 += Vector256.LoadUnsafe(ref a, m) * Vector256.LoadUnsafe(ref b, m);
            s1 += Vector256.LoadUnsafe(ref a, m + 8) * Vector256.LoadUnsafe(ref b, m + 8);
            s2 += Vector256.LoadUnsafe(ref a, m + 16) * Vector256.LoadUnsafe(ref b, m + 16);
            s3 += Vector256.LoadUnsafe(ref a, m + 24) * Vector256.LoadUnsafe(ref b, m + 24);
            s4 += Vector256.LoadUnsafe(ref a, m + 32) * Vector256.LoadUnsafe(ref b, m + 32);
            s5 += Vector256.LoadUnsafe(ref a, m + 40) * Vector256.LoadUnsafe(ref b, m + 40);
            s6 += Vector256.LoadUnsafe(ref a, m + 48) * Vector256.LoadUnsafe(ref b, m + 48);
            s7 += Vector256.LoadUnsafe(ref a, m + 56) * Vector256.LoadUnsafe(ref b, m + 56);
        }

        Vector256<float> eight = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <summary>The sums of w * (a * b) and of w * (a * a + b * b).</summary>
    public static (float Product, float Energy) Correlate(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> w)
    {
        Span<float> products = stackalloc float[Lanes];
        Span<float> energies = stackalloc float[Lanes];
        ref float firstA = ref MemoryMarshal.GetReference(a);
        ref float firstB = ref MemoryMarshal.GetReference(b);
        ref float firstW = ref MemoryMarshal.GetReference(w);
        int blocks = a.Length / Lanes;
        for (int lane = 0; lane < Lanes; lane += Abreast * Vector<float>.Count)
        {
            Column column = new();
            for (int m = lane; m < blocks * Lanes; m += Lanes)
            {
                column.Add(ref Unsafe.Add(ref firstA, m), ref Unsafe.Add(ref firstB, m), ref Unsafe.Add(ref firstW, m));
            }

            column.Store(products[lane..], energies[lane..]);
        }

        AddRest(a[(blocks * Lanes)..], b[(blocks * Lanes)..], w[(blocks * Lanes)..], products, energies);
        return (Total(products), Total(energies));
    }

    private static void AddRest(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> w, Span<float> products, Span<float> energies)
    {
        int m = 0;
        for (; m <= a.Length - Vector<float>.Count; m += Vector<float>.Count)
        {
            Vector<float> x = new(a[m..]), y = new(b[m..]), weight = new(w[m..]);
            (new Vector<float>(products[m..]) + (weight * (x * y))).CopyTo(products[m..]);
            (new Vector<float>(energies[m..]) + (weight * ((x * x) + (y * y)))).CopyTo(energies[m..]);
        }

        for (; m < a.Length; m++)
        {
            products[m] += w[m] * (a[m] * b[m]);
            energies[m] += w[m] * ((a[m] * a[m]) + (b[m] * b[m]));
        }
    }

    private static float Total(Span<float> lanes)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }

    /// <summary>The sums of some neighbouring lanes.</summary>
    private struct Column
    {
        private Vector<float> _product0, _product1, _product2, _product3, _energy0, _energy1, _energy2, _energy3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ref float a, ref float b, ref float w)
        {
            Add(ref a, ref b, ref w, 0, ref _product0, ref _energy0);
            Add(ref a, ref b, ref w, 1, ref _product1, ref _energy1);
            Add(ref a, ref b, ref w, 2, ref _product2, ref _energy2);
            Add(ref a, ref b, ref w, 3, ref _product3, ref _energy3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(Span<float> products, Span<float> energies)
        {
            _product0.CopyTo(products);
            _product1.CopyTo(products[Vector<float>.Count..]);
            _product2.CopyTo(products[(2 * Vector<float>.Count)..]);
            _product3.CopyTo(products[(3 * Vector<float>.Count)..]);
            _energy0.CopyTo(energies);
            _energy1.CopyTo(energies[Vector<float>.Count..]);
            _energy2.CopyTo(energies[(2 * Vector<float>.Count)..]);
            _energy3.CopyTo(energies[(3 * Vector<float>.Count)..]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add(ref float a, ref float b, ref float w, int vector, ref Vector<float> product, ref Vector<float> energy)
        {
            nuint at = (nuint)(vector * Vector<float>.Count);
            Vector<float> x = Vector.LoadUnsafe(ref a, at), y = Vector.LoadUnsafe(ref b, at), weight = Vector.LoadUnsafe(ref w, at);
            product += weight * (x * y);
            energy += weight * ((x * x) + (y * y));
        }
    }
}
