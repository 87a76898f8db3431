// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Eval.Losses;

/// <summary>Ways of losing packets.</summary>
internal static class LossModel
{
    private const double OutageEverySeconds = 5;

    /// <summary>
    /// E. N. Gilbert's two states: <paramref name="share"/> of the packets is lost, in bursts that are <paramref name="burst"/> long on average. The
    /// share is at most burst / (1 + burst).
    /// </summary>
    public static bool[] Gilbert(int packets, double share, double burst, ulong seed)
    {
        LossProcess process = new(GilbertElliott.Of(share, burst), seed);
        bool[] lost = new bool[packets];
        for (int packet = 0; packet < packets; packet++)
        {
            lost[packet] = process.LosesNext();
        }

        return lost;
    }

    /// <summary>The last of every <paramref name="period"/>.</summary>
    public static bool[] Periodic(int packets, int period) => [.. Enumerable.Range(0, packets).Select(packet => packet % period == period - 1)];

    /// <summary>All packets for <paramref name="seconds"/> from the middle of every five.</summary>
    public static bool[] Outage(int packets, double packetSeconds, double seconds)
    {
        int period = (int)Math.Round(OutageEverySeconds / packetSeconds);
        int length = (int)Math.Ceiling(seconds / packetSeconds);
        return [.. Enumerable.Range(0, packets).Select(packet => packet % period >= period / 2 && packet % period < (period / 2) + length)];
    }
}
