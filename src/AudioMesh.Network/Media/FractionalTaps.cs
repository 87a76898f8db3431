// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>The filter for one place between two frames, in registers: made once for all channels.</summary>
[RealtimeSafe]
internal readonly unsafe struct FractionalTaps
{
    private readonly Vector256<float> _first;
    private readonly Vector256<float> _second;
    private readonly Vector256<float> _third;
    private readonly Vector256<float> _fourth;

    /// <summary>What lies between two filters of <see cref="FractionalKernels.Taps"/> taps: <paramref name="share"/> of the second.</summary>
    public FractionalTaps(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float share)
    {
        Vector256<float> weight = Vector256.Create(share);
        _first = Between(first, second, 0, weight);
        _second = Between(first, second, 8, weight);
        _third = Between(first, second, 16, weight);
        _fourth = Between(first, second, 24, weight);
    }

    /// <summary>The value, from all frames around it: the first of them at <paramref name="from"/>.</summary>
    public float Apply(float* from)
    {
        Vector256<float> sum = Vector256.Load(from) * _first;
        sum += Vector256.Load(from + 8) * _second;
        sum += Vector256.Load(from + 16) * _third;
        sum += Vector256.Load(from + 24) * _fourth;
        return Vector256.Sum(sum);
    }

    private static Vector256<float> Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int at, Vector256<float> share)
    {
        Vector256<float> from = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(first), (nuint)at);
        return from + (share * (Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(second), (nuint)at) - from));
    }
}
