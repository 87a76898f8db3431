// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Plugins;

/// <summary>Keeps what is no number away from everybody behind a plug-in: one NaN in a mixer silences it for ever.</summary>
[RealtimeSafe]
internal static class FiniteSamples
{
    /// <summary>Copies as many samples as <paramref name="to"/> holds, silence where a sample is infinite or not a number, and says how many were.</summary>
    public static int Copy(ReadOnlySpan<float> from, Span<float> to)
    {
        from = from[..to.Length];
        if (AreFinite(from))
        {
            from.CopyTo(to);
            return 0;
        }

        int bad = 0;
        for (int i = 0; i < to.Length; i++)
        {
            bool isFinite = float.IsFinite(from[i]);
            to[i] = isFinite ? from[i] : 0;
            bad += isFinite ? 0 : 1;
        }

        return bad;
    }

    // Nothing but numbers times zero is zero.
    private static bool AreFinite(ReadOnlySpan<float> samples)
    {
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(samples[i..]) * Vector<float>.Zero;
        }

        float rest = 0;
        for (; i < samples.Length; i++)
        {
            rest += samples[i] * 0;
        }

        return rest == 0 && sum == Vector<float>.Zero;
    }
}
