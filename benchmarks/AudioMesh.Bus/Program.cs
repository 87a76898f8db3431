// SPDX-License-Identifier: MIT
using AudioMesh.Benchmarks.Bus;
using AudioMesh.Simd;

bool isShort = args.Contains("--short");
double seconds = isShort ? 1 : 20;
Tally tally = new();
List<(bool IsGood, string What)> verdicts = [];
Console.WriteLine($"Four hosts in one process on loopback, each writes {UpdateStorm.PerWriter} parameters a second for {seconds} s and watches those of the others. Delays are from a write to another host's watcher.");
Console.WriteLine("\n| bus | updates | a second | delay p50 | p99 | longest | seen by watchers | hosts' CPU | server's CPU | sent again | lost |\n|---|---|---|---|---|---|---|---|---|---|---|");
using (LanHosts lan = new())
{
    Measure("LAN", lan.Buses, null);
}

using (NatsProcess? server = NatsProcess.TryStart())
{
    if (server is null)
    {
        tally.Skip("no nats-server on this machine");
    }
    else
    {
        using NatsHosts nats = new(server);
        Measure("NATS", nats.Buses, server);
    }
}

Console.WriteLine();
verdicts.ForEach(verdict => tally.Judge(verdict.IsGood, verdict.What));
Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;

void Measure(string name, IReadOnlyList<AudioMesh.Network.Bus.IMeshBus> buses, NatsProcess? server)
{
    StormResult result = new UpdateStorm(buses).Run(seconds, () => server?.CpuSeconds ?? 0);
    Console.WriteLine(FormattableString.Invariant(
        $"| {name} | {result.Updates} | {result.PerSecond:0} | {result.DelayMs.P50:0.00} ms | {result.DelayMs.P99:0.0} ms | {result.DelayMs.Longest:0.0} ms | {100 * result.SeenShare:0.0} % | {result.CpuShare * 100:0} % | {(server is null ? "" : $"{result.ServerCpuShare * 100:0} %")} | {result.Resent} | {result.Lost} |"));
    verdicts.Add((result.IsAcknowledged, $"{name}: all is acknowledged"));
    verdicts.Add((result.IsSame, $"{name}: all hosts hold the same, the last that each wrote"));
    verdicts.Add((result.Lost == 0, $"{name}: nothing is given up"));
}
