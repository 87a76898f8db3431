// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Benchmarks.Hub;
using AudioMesh.Simd;

const double LiveSeconds = 30;
if (args is [LiveClients.Word, string address, string first, string count, string all])
{
    LiveClients.Run(address, int.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), int.Parse(all, CultureInfo.InvariantCulture));
    return 0;
}

if (Array.IndexOf(args, "--live") is >= 0 and int live)
{
    int wanted = int.Parse(args[live + 1], CultureInfo.InvariantCulture);
    int at = Array.IndexOf(args, "--seconds");
    double seconds = at < 0 ? LiveSeconds : double.Parse(args[at + 1], CultureInfo.InvariantCulture);
    LiveFigures figures = LiveHub.Run(wanted, seconds);
    Console.WriteLine($"A hub with a socket, and {wanted} stereo clients with sockets, keys and mixes of their own in two processes beside it, periods of {HubCost.PeriodFrames} frames, {seconds} s:\n\n{figures}\n");
    Tally seen = new();
    seen.Judge(figures.There == wanted && figures.Seated == wanted, "all have a seat");
    seen.Judge(figures.Peak > 0, "the first hears the others");
    seen.Judge(figures.Peak < 1, "and nothing louder than all of them together");
    seen.Judge(figures.Unexplained == 0, "no late period without a stall of the machine");
    Console.WriteLine(seen);
    return seen.Failed == 0 ? 0 : 1;
}

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
