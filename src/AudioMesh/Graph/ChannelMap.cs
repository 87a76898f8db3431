// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// How a connection joins unequal channel counts: mono goes to every channel, many go to mono as their mean, else equal numbers
/// are joined and the rest is left out.
/// </summary>
[RealtimeSafe]
public static class ChannelMap
{
    /// <summary>Whether the source's block may be used as it is.</summary>
    public static bool IsIdentity(int from, int to) => from == to;

    /// <summary>How many source channels are added to output channel <paramref name="output"/>, beginning at <paramref name="first"/>.</summary>
    public static int Sources(int from, int to, int output, out int first)
    {
        if (to == 1)
        {
            first = 0;
            return from;
        }

        first = from == 1 ? 0 : output;
        return first < from ? 1 : 0;
    }

    /// <summary>The gain that goes with it.</summary>
    public static float GainOf(int from, int to) => to == 1 ? 1f / from : 1f;
}
