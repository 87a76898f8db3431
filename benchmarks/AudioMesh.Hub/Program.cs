// SPDX-License-Identifier: MIT
using AudioMesh.Benchmarks.Hub;
using AudioMesh.Simd;

bool isShort = args.Contains("--short");
Tally tally = new();
List<(bool IsGood, string What)> verdicts = [];
Console.WriteLine($"A hub's cost per period of {HubCost.PeriodFrames} frames at {HubCost.Rate} Hz ({HubCost.PeriodUs:0} us), one thread, every client stereo and with a mix of its own.");
Console.WriteLine("\n| clients | steady: best | median | p99 | after a change: best | median | p99 | share of the period, median |\n|---|---|---|---|---|---|---|---|");
foreach (int clients in (int[])[2, 4, 8, 16, 32, 64, 128, 256])
{
    HubCost cost = HubCost.Measure(clients, isShort);
    Console.WriteLine(FormattableString.Invariant(
        $"| {clients} | {cost.SteadyUs.Best:0.0} us | {cost.SteadyUs.Median:0.0} us | {cost.SteadyUs.P99:0.0} us | {cost.ChangingUs.Best:0.0} us | {cost.ChangingUs.Median:0.0} us | {cost.ChangingUs.P99:0.0} us | {100 * cost.SteadyUs.Median / HubCost.PeriodUs:0.0} % |"));
    verdicts.Add((cost.AllocatedBytes == 0, $"{clients} clients: nothing allocated"));
    verdicts.Add((cost.IsRight, $"{clients} clients: everybody hears the others"));
}

Console.WriteLine("\nThe same in a session: a whole period on the mixing thread (jitter buffers with prediction, mixing, encrypting, sending through a socket), and what the network's thread takes meanwhile for what comes, without its socket.");
Console.WriteLine("\n| clients | period: best | median | p99 | receiving: best | median | p99 | share of the period, median |\n|---|---|---|---|---|---|---|---|");
foreach (int clients in (int[])[2, 4, 8, 16, 32, 64, 128, 256])
{
    ServerCost cost = ServerCost.Measure(clients, isShort);
    Console.WriteLine(FormattableString.Invariant(
        $"| {clients} | {cost.PeriodUs.Best:0.0} us | {cost.PeriodUs.Median:0.0} us | {cost.PeriodUs.P99:0.0} us | {cost.ReceiveUs.Best:0.0} us | {cost.ReceiveUs.Median:0.0} us | {cost.ReceiveUs.P99:0.0} us | {100 * cost.PeriodUs.Median / HubCost.PeriodUs:0.0} % |"));
    verdicts.Add((cost.Joined == clients, $"{clients} clients: all have a seat"));
    verdicts.Add((cost.AllocatedBytes == 0, $"{clients} clients: a period allocates nothing"));
}

Console.WriteLine();
verdicts.ForEach(verdict => tally.Judge(verdict.IsGood, verdict.What));
Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;
