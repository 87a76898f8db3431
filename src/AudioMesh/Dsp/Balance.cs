// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// The weight of the two sides of a stereo signal: -1 is only left, 0 as it came, 1 only right; what lies outside is taken for the nearer end.
/// The side that is turned towards keeps gain 1, the other has cos(|balance| * pi / 2), which is exactly 0 at the end. Any thread.
/// </summary>
[RealtimeSafe]
public static class Balance
{
    /// <summary>The gains at a balance; NaN is the middle.</summary>
    public static StereoGains At(float balance)
    {
        float away = float.CosPi(Math.Min(Math.Abs(float.IsNaN(balance) ? 0 : balance), 1f) / 2);
        return balance > 0 ? new StereoGains(away, 1) : new StereoGains(1, away);
    }

    /// <summary>
    /// Weights both sides in place, up to the shorter span, with a balance that moves between two values over the block; each gain moves on a
    /// straight line, as of <see cref="GainRamp"/>.
    /// </summary>
    public static void Apply(Span<float> left, Span<float> right, float from, float to)
    {
        int count = Math.Min(left.Length, right.Length);
        StereoGains first = At(from);
        StereoGains last = At(to);
        GainRamp.Apply(left[..count], first.Left, last.Left);
        GainRamp.Apply(right[..count], first.Right, last.Right);
    }
}
