// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// Continues samples by a model of <see cref="LatticeBurg"/>. The products of one sample are summed as <see cref="LaneSums"/> sums, so that the
/// width of vectors does not show.
/// </summary>
[RealtimeSafe]
internal static class LinearPredictor
{
    /// <summary>
    /// Writes each sample of <paramref name="track"/> from <paramref name="from"/> on from those before it.
    /// </summary>
    /// <param name="coefficients">A multiple of 64 of them; the last belongs to the newest sample.</param>
    /// <param name="track">At least as many samples before <paramref name="from"/> as there are coefficients.</param>
    /// <param name="from">The first sample to write.</param>
    /// <param name="count">How many to write.</param>
    public static void Continue(ReadOnlySpan<float> coefficients, Span<float> track, int from, int count)
    {
        for (int n = from; n < from + count; n++)
        {
            track[n] = Next(coefficients, track, n);
        }
    }

    /// <summary>What the samples before <paramref name="n"/> make of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Next(ReadOnlySpan<float> coefficients, ReadOnlySpan<float> track, int n) => LaneSums.Dot(
        ref MemoryMarshal.GetReference(coefficients), ref MemoryMarshal.GetReference(track[(n - coefficients.Length)..n]), coefficients.Length);
}
