// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Losses;

/// <summary>Which packets of a stream are lost. What a stream has after its last whole packet is not sent.</summary>
internal sealed class LossTrace
{
    public LossTrace(int packetFrames, bool[] lost)
    {
        PacketFrames = packetFrames;
        Lost = lost;
        Gaps = [.. FindGaps(packetFrames, lost)];
        Fnv64 hash = new();
        foreach (bool one in lost)
        {
            hash.Add(one ? (byte)1 : (byte)0);
        }

        Hash = hash.Value;
    }

    public int PacketFrames { get; }

    /// <summary>A packet each.</summary>
    public IReadOnlyList<bool> Lost { get; }

    /// <summary>The frames from the first one lost to the first one that arrived again.</summary>
    public IReadOnlyList<Range> Gaps { get; }

    public ulong Hash { get; }

    /// <summary>The packet after this one; empty where that is lost too, or the stream ends.</summary>
    public ReadOnlySpan<float> After(int packet, Clip clip) =>
        packet + 1 < Lost.Count && !Lost[packet + 1] ? clip.Samples.AsSpan((packet + 1) * PacketFrames, PacketFrames) : [];

    private static IEnumerable<Range> FindGaps(int packetFrames, bool[] lost)
    {
        for (int packet = 0; packet < lost.Length; packet++)
        {
            int first = packet;
            while (packet < lost.Length && lost[packet])
            {
                packet++;
            }

            if (packet > first)
            {
                yield return (first * packetFrames)..(packet * packetFrames);
            }
        }
    }
}
