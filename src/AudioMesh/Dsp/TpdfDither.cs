// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// The state of a dither of triangular probability from -1 to 1 steps of the integer, white, with mean 0: with it the error of a conversion is
/// noise that does not depend on the signal (S. P. Lipshitz, R. A. Wannamaker, J. Vanderkooy: Quantization and Dither, JAES 40, 1992). Sample n
/// of a stream gets a hash of seed + n, so the same seed gives the same bits on every machine, however the stream is cut into blocks.
/// Each stream has its own; seeds far apart give streams that have nothing in common for as many samples. Repeats after 2^32 samples. One thread.
/// </summary>
public struct TpdfDither : IDither
{
    // Two numbers of 16 bits, less their mean, in steps of the integer.
    private const int Mean = 0xFFFF;
    private const float Unit = 1f / 0x10000;

    // C. Wellons, "Prospecting for Hash Functions" (2018): lowbias32.
    private const uint FirstFactor = 0x7FEB352D;
    private const uint SecondFactor = 0x846CA68B;
    private uint _next;

    /// <summary>Begins a stream.</summary>
    public TpdfDither(uint seed) => _next = seed;

    /// <inheritdoc/>
    static bool IDither.IsOn => true;

    /// <summary>Goes on by so many samples.</summary>
    [RealtimeSafe]
    internal void Advance(int samples) => _next += (uint)samples;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly float IDither.At(nint i)
    {
        uint x = _next + (uint)i;
        x = (x ^ (x >> 16)) * FirstFactor;
        x = (x ^ (x >> 15)) * SecondFactor;
        x ^= x >> 16;
        return ((int)((x & Mean) + (x >> 16)) - Mean) * Unit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly Vector128<float> IDither.At128(nint i)
    {
        Vector128<uint> x = Vector128.Create(_next + (uint)i) + Vector128<uint>.Indices;
        x = (x ^ (x >>> 16)) * Vector128.Create(FirstFactor);
        x = (x ^ (x >>> 15)) * Vector128.Create(SecondFactor);
        x ^= x >>> 16;
        Vector128<int> sum = ((x & Vector128.Create((uint)Mean)) + (x >>> 16)).AsInt32() - Vector128.Create(Mean);
        return Vector128.ConvertToSingle(sum) * Vector128.Create(Unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly Vector256<float> IDither.At256(nint i)
    {
        Vector256<uint> x = Vector256.Create(_next + (uint)i) + Vector256<uint>.Indices;
        x = (x ^ (x >>> 16)) * Vector256.Create(FirstFactor);
        x = (x ^ (x >>> 15)) * Vector256.Create(SecondFactor);
        x ^= x >>> 16;
        Vector256<int> sum = ((x & Vector256.Create((uint)Mean)) + (x >>> 16)).AsInt32() - Vector256.Create(Mean);
        return Vector256.ConvertToSingle(sum) * Vector256.Create(Unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly Vector512<float> IDither.At512(nint i)
    {
        Vector512<uint> x = Vector512.Create(_next + (uint)i) + Vector512<uint>.Indices;
        x = (x ^ (x >>> 16)) * Vector512.Create(FirstFactor);
        x = (x ^ (x >>> 15)) * Vector512.Create(SecondFactor);
        x ^= x >>> 16;
        Vector512<int> sum = ((x & Vector512.Create((uint)Mean)) + (x >>> 16)).AsInt32() - Vector512.Create(Mean);
        return Vector512.ConvertToSingle(sum) * Vector512.Create(Unit);
    }
}
