// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Resampling;
using AudioMesh.Resampling.Candidates;
using AudioMesh.Simd;

bool isShort = args.Contains("--short");
bool isSpeedAlone = args.Contains("--speed");
Tally tally = new();
Candidate best = AudioMeshStream.Of(ResamplerQuality.Best, ResamplerPrecision.Single);
Candidate best64 = AudioMeshStream.Of(ResamplerQuality.Best, ResamplerPrecision.Double);
Candidate[] ours =
[
    best, best64,
    .. new[] { ResamplerQuality.High, ResamplerQuality.Medium, ResamplerQuality.Low, ResamplerQuality.Linear }
        .Select(quality => AudioMeshStream.Of(quality, ResamplerPrecision.Single)),
];
Candidate[] theirs =
[
    .. SoxrStream.IsThere ? new[] { SoxrStream.VHQ, SoxrStream.HQ } : [],
    .. SampleRateStream.IsThere ? new[] { SampleRateStream.Best, SampleRateStream.Medium } : [],
];
Candidate[] all = [.. ours, .. theirs];
Conversion[] conversions = [Conversion.Cd, Conversion.ToCd, Conversion.Drift];

foreach (Conversion conversion in isSpeedAlone ? [] : conversions)
{
    Console.WriteLine($"\n{conversion.Name}\n");
    Console.WriteLine("| | THD+N 997 Hz | worst to 20 kHz | ripple to 20 kHz | aliases | IMD 18.5 + 19.5 kHz | impulse delay |");
    Console.WriteLine("|---|---|---|---|---|---|---|");
    List<(bool IsGood, string What)> verdicts = [];
    foreach (Candidate candidate in isShort ? [best, best64] : all)
    {
        Quality q = Quality.Measure(candidate, conversion, isShort ? 9 : 33);
        Console.WriteLine(FormattableString.Invariant(
            $"| {candidate.Name} | {q.ThdN:F1} dB | {q.WorstThdN:F1} dB | {q.RippleDb:F5} dB | {q.AliasesDb:F1} dB | {q.ImdDb:F1} dB | {q.DelayFrames:F2} frames |"));
        if (candidate == best || candidate == best64)
        {
            double bar = candidate == best64 ? -140 : -130;
            verdicts.Add((q.ThdN <= bar && q.WorstThdN <= bar, $"{candidate.Name}, {conversion.Name}: THD+N at most {bar} dB"));
            verdicts.Add((q.RippleDb <= 0.01, $"{candidate.Name}, {conversion.Name}: flat to 20 kHz within 0.01 dB"));
            verdicts.Add((q.AliasesDb <= -130, $"{candidate.Name}, {conversion.Name}: aliases below -130 dB"));
        }
    }

    Console.WriteLine();
    verdicts.ForEach(verdict => tally.Judge(verdict.IsGood, verdict.What));
}

if (!isSpeedAlone)
{
    Console.WriteLine("\n+-500 ppm, a new ratio every 64 frames\n\n| | largest difference | rms difference |\n|---|---|---|");
}

List<(bool IsGood, string What)> sweeps = [];
foreach (ResamplerPrecision precision in isSpeedAlone ? [] : Enum.GetValues<ResamplerPrecision>())
{
    (double peak, double rms) = Sweep.Measure(precision, isShort ? 2 : 10);
    Console.WriteLine(FormattableString.Invariant($"| Best, {precision} | {peak:F1} dB | {rms:F1} dB |"));
    sweeps.Add((peak <= -120, $"ratio sweep, {precision}: no difference over -120 dB"));
}

Console.WriteLine();
sweeps.ForEach(sweep => tally.Judge(sweep.IsGood, sweep.What));

Console.WriteLine($"\n| ns per output frame | {string.Join(" | ", conversions.SelectMany(c => new[] { $"{c.Name}, mono", $"{c.Name}, stereo" }))} |");
Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", 2 * conversions.Length))}");
double[][] times = [.. conversions.SelectMany(c => new[] { 1, 2 }.Select(channels => Speed.Measure(all, c, channels, isShort ? 3 : 100)))];
for (int i = 0; i < all.Length; i++)
{
    Console.WriteLine($"| {all[i].Name} | {string.Join(" | ", times.Select(time => FormattableString.Invariant($"{time[i]:F1}")))} |");
}

foreach ((string one, string other) in new[] { ("Best", "soxr VHQ"), ("Best, float64", "soxr VHQ"), ("High", "soxr HQ"), ("Best", "libsamplerate best") })
{
    int mine = Array.FindIndex(all, candidate => candidate.Name == $"AudioMesh {one}");
    int rival = Array.FindIndex(all, candidate => candidate.Name == other);
    if (rival >= 0)
    {
        Console.WriteLine($"| {one}, of the time of {other} | {string.Join(" | ", times.Select(time => FormattableString.Invariant($"{time[mine] / time[rival]:G2}")))} |");
    }
}

Console.WriteLine();
if (theirs.Length < 4)
{
    tally.Skip("libsoxr.so.0 or libsamplerate.so.0 is not installed: not compared with it.");
}

Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;
