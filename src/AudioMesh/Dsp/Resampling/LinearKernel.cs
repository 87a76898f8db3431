// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>A straight line between two frames.</summary>
internal readonly unsafe struct LinearKernel<T> : IPhaseKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int HalfTaps => 1;

    public T One(ulong fraction, T* window) => window[0] + (T.CreateTruncating((long)(fraction >> 11) * (1.0 / (1L << 53))) * (window[1] - window[0]));

    public (T Left, T Right) Two(ulong fraction, T* window, nint apart) => (One(fraction, window), One(fraction, window + apart));
}
