// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Losses;

/// <summary>A way in which a stream loses packets.</summary>
/// <param name="Name">Such as <c>wifi/128</c>.</param>
/// <param name="Description">What is lost, in words.</param>
/// <param name="PacketFrames">Frames in a packet.</param>
/// <param name="Lose">Says of each packet whether it is lost: from their count, the stream's rate and a seed.</param>
internal sealed record LossScenario(string Name, string Description, int PacketFrames, Func<int, int, ulong, bool[]> Lose)
{
    /// <summary>Its name as files have it.</summary>
    public string FileName => Name.Replace('/', '-');

    /// <summary>What a stream of <paramref name="clip"/> loses.</summary>
    public LossTrace TraceOf(Clip clip, ulong seed)
    {
        Fnv64 mixed = new();
        mixed.Add(seed);
        mixed.Add(clip.Name);
        mixed.Add(Name);
        return new LossTrace(PacketFrames, Lose(clip.Samples.Length / PacketFrames, clip.Rate, mixed.Value));
    }
}
