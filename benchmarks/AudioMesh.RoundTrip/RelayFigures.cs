// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace AudioMesh.RoundTrip;

/// <summary>What came of a recording that went through a lossy link.</summary>
/// <param name="Link">What the link loses.</param>
/// <param name="Name">Who carried it.</param>
/// <param name="LostShare">The share of the packets that it did lose.</param>
/// <param name="LatencyMs">From port to port, the median.</param>
/// <param name="SnrDb">Of the recording to the difference, over all blocks that no stall of the machine can have touched.</param>
/// <param name="SnrAllDb">The same over all blocks.</param>
/// <param name="GapShare">The share of those blocks of 64 frames in which something else was heard than was sent, more than 13 dB below it.</param>
/// <param name="PredictedShare">The share of frames that prediction made, as its own counter has it; null where there is none.</param>
/// <param name="Jumps">How often the lag jumped.</param>
/// <param name="StalledShare">The share of blocks left out because a CPU stood still.</param>
internal sealed record RelayFigures(
    string Link,
    string Name,
    double LostShare,
    double LatencyMs,
    double SnrDb,
    double SnrAllDb,
    double GapShare,
    double? PredictedShare,
    int Jumps,
    double StalledShare)
{
    public const string Head = "| link | by | packets lost | latency | SNR | gaps | predicted | jumps of the lag | SNR, stalls too | blocks stalled |\n|---|---|---|---|---|---|---|---|---|---|";

    private const double JumpFrames = 1.5;

    // Music repeats itself.
    private const int WindowFrames = 1024;

    [JsonIgnore]
    public string Row => FormattableString.Invariant(
        $"| {Link} | {Name} | {100 * LostShare:0.00} % | {LatencyMs:0.00} ms | {SnrDb:0.0} dB | {100 * GapShare:0.00} % | {(PredictedShare is { } share ? FormattableString.Invariant($"{100 * share:0.00} %") : "")} | {Jumps} | {SnrAllDb:0.0} dB | {100 * StalledShare:0.0} % |");

    /// <summary>Of what was played and heard, each in its own server's frames, and of what the machine did meanwhile.</summary>
    public static RelayFigures Of(LossyLink link, IWay way, float[] sound, Recorded played, Recorded heard, Canaries canaries, long? predictedFrames)
    {
        int begin = (int)((played.PeriodNs[0] - heard.PeriodNs[0]) * Recorded.Rate / 1e9);
        IReadOnlyList<AlignedBlock> blocks = Alignment.Of(sound, heard.Frames, begin - (Recorded.Rate / 50), begin + (Recorded.Rate / 2), WindowFrames, ways: 1);
        AlignedBlock[] calm = [.. blocks.Where(block => !canaries.Explain(played.TimeOf(block.Frame - block.Lag), heard.TimeOf(block.Frame + AlignedBlock.Frames)))];
        double[] latencies = [.. blocks.Select(block => (heard.TimeOf(block.Frame) - played.TimeOf(block.Frame - block.Lag)) / 1e6).Order()];
        int jumps = blocks.Zip(blocks.Skip(1)).Count(pair => Math.Abs(pair.First.Lag - pair.Second.Lag) > JumpFrames);
        return new RelayFigures(
            $"{link}",
            way.Name,
            way.Watch.Lost / (double)Math.Max(1, way.Watch.Packets),
            latencies.Length == 0 ? 0 : Math.Round(latencies[latencies.Length / 2], 2),
            Snr(calm),
            Snr(blocks),
            calm.Count(block => block.IsDamaged) / (double)Math.Max(1, calm.Length),
            predictedFrames / (double)sound.Length,
            jumps,
            1 - (calm.Length / (double)Math.Max(1, blocks.Count)));
    }

    private static double Snr(IReadOnlyCollection<AlignedBlock> blocks)
    {
        double error = Math.Max(1e-12, blocks.Sum(block => block.Error));
        return Math.Round(10 * Math.Log10(Math.Max(1e-12, blocks.Sum(block => block.Energy)) / error), 2);
    }
}
