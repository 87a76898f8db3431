// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// One signal at a place between two loudspeakers: -1 is left, 0 the middle, 1 right; what lies outside is taken for the nearer end. The law is
/// of equal power: with a = (position + 1) * pi / 4 the gains are cos a and sin a, whose squares add up to 1, -3 dB each in the middle, and at
/// the ends exactly 1 and 0. Any thread.
/// </summary>
[RealtimeSafe]
public static class Pan
{
    /// <summary>The gains at a position; NaN is the middle.</summary>
    public static StereoGains At(float position)
    {
        float quarter = ((float.IsNaN(position) ? 0 : Math.Clamp(position, -1f, 1f)) + 1) / 4;
        return new StereoGains(float.CosPi(quarter), float.SinPi(quarter));
    }

    /// <summary>
    /// Adds a signal that moves between two positions over the block, up to the shortest span; each gain moves on a straight line, as of
    /// <see cref="GainRamp"/>.
    /// </summary>
    public static void Add(ReadOnlySpan<float> source, float from, float to, Span<float> left, Span<float> right)
    {
        int count = Math.Min(source.Length, Math.Min(left.Length, right.Length));
        StereoGains first = At(from);
        StereoGains last = At(to);
        GainRamp.AddRamped(source[..count], first.Left, last.Left, left);
        GainRamp.AddRamped(source[..count], first.Right, last.Right, right);
    }
}
