// SPDX-License-Identifier: MIT
using AudioMesh.Benchmarks.Graphs;
using AudioMesh.Graph;
using AudioMesh.Simd;

bool isShort = args.Contains("--short");
Tally tally = new();
List<(bool IsGood, string What)> verdicts = [];
(string Name, Func<int, GraphFormat, GraphTopology> Make)[] shapes =
[
    ("voices: tone, gain, pan, delay, gain, channel_map, meter, mixer", Shapes.Voices), ("a chain of stereo gains", Shapes.Chain), ("stereo tones on one mixer", Shapes.Star),
];
foreach ((string name, Func<int, GraphFormat, GraphTopology> make) in shapes)
{
    Console.WriteLine($"\nA period of {PeriodCost.Frames} frames at {PeriodCost.Rate} Hz ({PeriodCost.PeriodUs:0} us), one thread; {name}.");
    Console.WriteLine("\n| nodes | best | median | p99 | worst | processor, mean | a node, median | share of the period, median |\n|---|---|---|---|---|---|---|---|");
    PeriodCost? last = null;
    foreach (int nodes in (int[])[10, 100, 1000])
    {
        last = PeriodCost.Measure(make(nodes, PeriodCost.Format), isShort);
        Console.WriteLine(FormattableString.Invariant(
            $"| {nodes} | {last.Us.Best:0.0} us | {last.Us.Median:0.0} us | {last.Us.P99:0.0} us | {last.Us.Worst:0.0} us | {last.WorkUs:0.0} us | {1000 * last.Us.Median / nodes:0} ns | {100 * last.Us.Median / PeriodCost.PeriodUs:0.0} % |"));
        verdicts.Add((last.AllocatedBytes == 0, $"{nodes} nodes, {name}: a period allocates nothing"));
        verdicts.Add((last.IsAudible, $"{nodes} nodes, {name}: something is heard"));
    }

    Console.WriteLine($"Of 1000: {string.Join(", ", last!.ByType.Select(type => FormattableString.Invariant($"{type.Type} {type.AverageNs:0} ns")))}");
}

Console.WriteLine("\nMaking a graph by requests, its stopped and its running engine; a running one fades what is removed.");
Console.WriteLine("\n| nodes | device | create_node, each | connect, each | apply | apply again | apply of nothing |\n|---|---|---|---|---|---|---|");
EditCost.Measure(10, isRunning: false);
foreach ((int nodes, bool isRunning) in (ReadOnlySpan<(int, bool)>)[(100, false), (1000, false), (1000, true)])
{
    EditCost cost = EditCost.Measure(nodes, isRunning);
    Console.WriteLine(FormattableString.Invariant(
        $"| {nodes} | {(isRunning ? "runs" : "stands")} | {1000 * cost.CreateMs / nodes:0} us | {1000 * cost.ConnectMs / nodes:0} us | {cost.ApplyMs:0.0} ms | {cost.AgainMs:0.0} ms | {cost.EmptyMs:0.0} ms |"));
    verdicts.Add((cost.IsRight, $"{nodes} nodes, {(isRunning ? "running" : "stopped")}: requests make the graph, and a second apply changes nothing"));
}

Console.WriteLine();
verdicts.ForEach(verdict => tally.Judge(verdict.IsGood, verdict.What));
Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;
