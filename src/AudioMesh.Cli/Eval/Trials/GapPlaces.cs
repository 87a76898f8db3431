// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Eval.Trials;

/// <summary>Where the gaps of a clip are: at packets drawn by chance, each at most once.</summary>
/// <param name="PacketFrames">Frames in a packet.</param>
/// <param name="GapPackets">Packets lost in each gap.</param>
/// <param name="AfterPackets">Packets played after each gap, in which a method finds back.</param>
/// <param name="Starts">The first lost frame of each gap, ascending.</param>
internal sealed record GapPlaces(int PacketFrames, int GapPackets, int AfterPackets, IReadOnlyList<int> Starts)
{
    private const int FirstFrame = 8192;
    private const int AfterFrames = 1024;

    public static GapPlaces Choose(Clip clip, EvalPlan plan, int longestGap)
    {
        int gapPackets = PacketsOf(longestGap, plan.PacketFrames);
        int afterPackets = PacketsOf(AfterFrames, plan.PacketFrames);
        int first = PacketsOf(FirstFrame, plan.PacketFrames);
        int places = (clip.Samples.Length / plan.PacketFrames) - gapPackets - afterPackets - first + 1;
        Fnv64 seed = new();
        seed.Add(plan.Seed);
        seed.Add(clip.Name);
        Pcg32 random = new(seed.Value);
        SortedSet<int> starts = [];
        while (starts.Count < Math.Min(plan.Gaps, places))
        {
            starts.Add((first + random.NextBelow(places)) * plan.PacketFrames);
        }

        return new GapPlaces(plan.PacketFrames, gapPackets, afterPackets, [.. starts]);
    }

    /// <summary>Packets that hold so many frames.</summary>
    public static int PacketsOf(int frames, int packetFrames) => (frames + packetFrames - 1) / packetFrames;
}
