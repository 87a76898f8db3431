// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// What is added to the samples beside a step of height 2 so that it aliases little: a polynomial of second order on either side
/// (V. Välimäki, A. Huovilainen, "Antialiasing Oscillators in Subtractive Synthesis", IEEE Signal Processing Magazine 24, 2007).
/// </summary>
[RealtimeSafe]
internal static class BandLimitedStep
{
    /// <summary>The correction at <paramref name="phase"/>, 0 to 1, of a wave that steps at 0 and moves on by <paramref name="step"/> a frame.</summary>
    public static double At(double phase, double step)
    {
        if (phase < step)
        {
            double after = phase / step;
            return after + after - (after * after) - 1;
        }

        if (phase > 1 - step)
        {
            double before = (phase - 1) / step;
            return (before * before) + before + before + 1;
        }

        return 0;
    }
}
