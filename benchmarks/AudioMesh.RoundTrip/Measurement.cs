// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace AudioMesh.RoundTrip;

/// <summary>What a sound there and back came to. Frames are the first server's.</summary>
/// <param name="Name">Who carried it.</param>
/// <param name="Pulses">Pulses sent.</param>
/// <param name="LostPulses">Those that did not come back.</param>
/// <param name="Frames">How long the others took, the quickest first.</param>
/// <param name="Breaks">Where the sound broke off or jumped.</param>
/// <param name="UnexplainedBreaks">Those meanwhile no CPU stood still.</param>
/// <param name="Stalls">How often one did.</param>
/// <param name="DamagedShare">The share of blocks of 64 frames that were not what was sent.</param>
internal sealed record Measurement(
    string Name, int Pulses, int LostPulses, [property: JsonIgnore] int[] Frames, int Breaks, int UnexplainedBreaks, int Stalls, double DamagedShare)
{
    private const float Threshold = 0.4f;
    private const double SettleSeconds = 3;
    private const double TailSeconds = 0.5;
    private const double RateKhz = Recorded.Rate / 1000.0;
    private const int MostLag = Recorded.Rate / 2;

    // Noise is like itself nowhere else.
    private const int WindowFrames = 512;

    public int? P50 => At(0.5);

    public int? P99 => At(0.99);

    public int? P999 => At(0.999);

    public int? Most => At(1);

    [JsonIgnore]
    public string Row => FormattableString.Invariant(
        $"| {Name} | {Pulses} | {Show(P50)} | {Show(P99)} | {Show(P999)} | {Show(Most)} | {LostPulses} | {Breaks} | {UnexplainedBreaks} | {Stalls} | {100 * DamagedShare:0.00} % |");

    /// <summary>Sends for so many seconds. A break is explained by a CPU that stood still while its sound was under way.</summary>
    public static Measurement Of(IPair pair, string server, double seconds)
    {
        float[] sound = ProbeSound.Make(seconds);
        using SoundClient client = new(server, sound, sound.Length);
        client.PlayInto(pair.Input);
        client.Hear(pair.Output);
        Thread.Sleep(TimeSpan.FromSeconds(SettleSeconds));
        Canaries canaries = new();
        client.Arm();
        Thread.Sleep(TimeSpan.FromSeconds(seconds + TailSeconds));
        int stalls = canaries.Stop();
        Recorded recorded = client.Recorded;
        IReadOnlyList<AlignedBlock> blocks = Alignment.Of(sound, recorded.Frames, 0, MostLag, WindowFrames, ways: 2);
        IReadOnlyList<Break> breaks = Break.In(blocks);
        int unexplained = breaks.Count(at => !canaries.Explain(recorded.TimeOf(Math.Max(0, at.SentFrame)), recorded.TimeOf(at.EndFrame)));
        int[] taken = [.. PulseFrames(recorded.Frames)];
        double damaged = blocks.Count(block => block.IsDamaged) / (double)Math.Max(1, blocks.Count);
        return new Measurement(
            pair.Name, taken.Length, taken.Count(frames => frames < 0), [.. taken.Where(frames => frames >= 0).Order()], breaks.Count, unexplained, stalls, damaged);
    }

    /// <summary>What several, of the same length, came to.</summary>
    public static Measurement Together(IReadOnlyList<Measurement> several) => new(
        several[0].Name,
        several.Sum(one => one.Pulses),
        several.Sum(one => one.LostPulses),
        [.. several.SelectMany(one => one.Frames).Order()],
        several.Sum(one => one.Breaks),
        several.Sum(one => one.UnexplainedBreaks),
        several.Sum(one => one.Stalls),
        several.Average(one => one.DamagedShare));

    /// <summary>How many frames each pulse took; -1 where it did not come before the next one left.</summary>
    private static IEnumerable<int> PulseFrames(float[] heard)
    {
        for (int pulse = 0; pulse + ProbeSound.Every <= heard.Length; pulse += ProbeSound.Every)
        {
            int highest = pulse;
            for (int i = pulse; i < pulse + ProbeSound.Every; i++)
            {
                highest = heard[i] > heard[highest] ? i : highest;
            }

            yield return heard[highest] > Threshold ? highest - pulse - ProbeSound.PeakAt : -1;
        }
    }

    private static string Show(int? frames) => frames is { } known ? FormattableString.Invariant($"{known} ({known / RateKhz:0.00} ms)") : "-";

    private int? At(double share) => Frames.Length == 0 ? null : Frames[(int)Math.Ceiling(share * (Frames.Length - 1))];
}
