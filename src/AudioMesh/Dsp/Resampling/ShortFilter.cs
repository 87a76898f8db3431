// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>
/// The filter between frames of a doubled rate, whose sound ends at a quarter of that. Little more than a window: images, from three quarters of the
/// rate on, come out 146 dB below with floats and 168 dB with doubles, and the sound itself falls towards its end, by 8 dB and 5 dB, which the filter before
/// makes good.
/// </summary>
internal static class ShortFilter<T>
{
    private static bool IsDouble => typeof(T) == typeof(double);

    private static int Length => IsDouble ? 12 : 8;

    /// <summary>Whole vectors, known to loops when they are compiled.</summary>
    public static int Taps => (Length + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;

    public static PolyphaseShape Shape => new(Taps, IsDouble ? 0.48 : 0.08, 172) { Length = Length };
}
