// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>
/// A convolution, sample by sample: each is a sum over a multiple of four taps, of which every fourth goes into a sum of its own, whatever the vector width.
/// </summary>
/// <param name="samples">The signal, with as many samples before it as there are taps.</param>
/// <param name="taps">The response.</param>
/// <param name="count">Its length.</param>
/// <param name="to">What it becomes.</param>
internal readonly unsafe struct FirOperator(float* samples, float* taps, nint count, float* to) : IBlockOperator
{
    public nint Lead => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i)
    {
        float a = 0, b = 0, c = 0, d = 0;
        for (nint tap = 0; tap < count; tap += 4)
        {
            float* sample = samples + i - tap;
            a += sample[0] * taps[tap];
            b += sample[-1] * taps[tap + 1];
            c += sample[-2] * taps[tap + 2];
            d += sample[-3] * taps[tap + 3];
        }

        to[i] = a + b + (c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At128(nint i)
    {
        Vector128<float> a = Vector128<float>.Zero, b = a, c = a, d = a;
        for (nint tap = 0; tap < count; tap += 4)
        {
            float* sample = samples + i - tap;
            a += Vector128.Load(sample) * Vector128.Create(taps[tap]);
            b += Vector128.Load(sample - 1) * Vector128.Create(taps[tap + 1]);
            c += Vector128.Load(sample - 2) * Vector128.Create(taps[tap + 2]);
            d += Vector128.Load(sample - 3) * Vector128.Create(taps[tap + 3]);
        }

        (a + b + (c + d)).Store(to + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        for (nint tap = 0; tap < count; tap += 4)
        {
            float* sample = samples + i - tap;
            a += Vector256.Load(sample) * Vector256.Create(taps[tap]);
            b += Vector256.Load(sample - 1) * Vector256.Create(taps[tap + 1]);
            c += Vector256.Load(sample - 2) * Vector256.Create(taps[tap + 2]);
            d += Vector256.Load(sample - 3) * Vector256.Create(taps[tap + 3]);
        }

        (a + b + (c + d)).Store(to + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i)
    {
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
        for (nint tap = 0; tap < count; tap += 4)
        {
            float* sample = samples + i - tap;
            a += Vector512.Load(sample) * Vector512.Create(taps[tap]);
            b += Vector512.Load(sample - 1) * Vector512.Create(taps[tap + 1]);
            c += Vector512.Load(sample - 2) * Vector512.Create(taps[tap + 2]);
            d += Vector512.Load(sample - 3) * Vector512.Create(taps[tap + 3]);
        }

        (a + b + (c + d)).Store(to + i);
    }
}
