// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>The last period of a sound, made to follow itself without a seam: its end fades into what was before its beginning.</summary>
[RealtimeSafe]
internal static class RepeatedPeriod
{
    private const int LongestSeam = 64;

    /// <summary>Writes the last period of <paramref name="past"/>, which holds at least as much again and a seam before it.</summary>
    public static void Write(ReadOnlySpan<float> past, Span<float> period)
    {
        ReadOnlySpan<float> last = past[^period.Length..];
        last.CopyTo(period);
        int seam = Math.Min(LongestSeam, period.Length / 4);
        ReadOnlySpan<float> before = past.Slice(past.Length - period.Length - seam, seam);
        for (int i = 0; i < seam; i++)
        {
            ref float sample = ref period[period.Length - seam + i];
            sample += (i + 1f) / (seam + 1) * (before[i] - sample);
        }
    }
}
