// SPDX-License-Identifier: MIT
using AudioMesh.Benchmarks.Jdat;
using AudioMesh.Simd;

bool isShort = args.Contains("--short");
Tally tally = new();
List<(bool IsGood, string What)> verdicts = [];
Console.WriteLine("Reading a JDAT line of 128 stereo frames: JdatReader beside Utf8JsonReader (which checks less), alternating in one run.");
Console.WriteLine("\n| numbers | JdatReader: median | ns a sample | Utf8JsonReader: median | ns a sample | ratio |\n|---|---|---|---|---|---|");
foreach ((string name, byte[] line) in Lines.All())
{
    LineCost cost = LineCost.Measure(line, isShort ? 40 : 4000);
    Console.WriteLine(FormattableString.Invariant(
        $"| {name} | {cost.OursUs:0.0} us | {1000 * cost.OursUs / Lines.Samples:0.0} | {cost.TheirsUs:0.0} us | {1000 * cost.TheirsUs / Lines.Samples:0.0} | {cost.Ratio:0.00} |"));
    verdicts.Add((cost.AllocatedBytes == 0, $"{name}: nothing allocated"));
    verdicts.Add((cost.AreSame, $"{name}: both read the same samples"));
}

double writeUs = LineCost.MeasureWriting(isShort ? 40 : 4000, out long written);
verdicts.Add((written == 0, "writing: nothing allocated"));
Console.WriteLine(FormattableString.Invariant($"\nWriting such a line: {writeUs:0.0} us, {1000 * writeUs / Lines.Samples:0.0} ns a sample."));
Console.WriteLine();
verdicts.ForEach(verdict => tally.Judge(verdict.IsGood, verdict.What));
Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;
