// SPDX-License-Identifier: MIT
using System.Net;
using System.Security.Cryptography;
using AudioMesh.Clock;
using AudioMesh.Latency.Canary;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Starts;

/// <summary>
/// Agents on JACK servers in network namespaces, with clocks of their own; a director in one more starts, locates and stops them again and again, and an ear on each server
/// says what came of it.
/// </summary>
internal sealed class StartsRun(int hosts, int starts, int period)
{
    private const int Port = 50_505;
    private const int MeetMs = 8000;
    private const int PlayMs = 250;
    private const int HearMs = 80;
    private const int LeastFrame = 48_000;
    private const int MostFrame = 8_000_000;
    private const long BeforeNs = 100_000_000;
    private const long AfterNs = 20_000_000;

    /// <summary>jackd prints from a thread without priority.</summary>
    private const long PrintNs = 20_000_000;

    private static readonly double[] Ppm = [60, 100, -100, -70];
    private static readonly double[] OffsetMs = [20, 50, -50, -35];
    private readonly Random _random = new(1);

    public async Task<StartsReport> RunAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("audiomesh-starts-");
        try
        {
            using MeshNetwork network = new(hosts + 1);
            return await RunAsync(network, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<StartsReport> RunAsync(MeshNetwork network, string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, "Network namespaces are Linux's.");
        }

        string keyFile = Path.Combine(folder, "key");
        await File.WriteAllBytesAsync(keyFile, RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(keyFile, UnixFileMode.UserRead);
        AgentPlace[] places = Places(keyFile);
        string ear = EarProcess.Compile(folder);
        List<AgentProcess> agents = [];
        try
        {
            foreach (AgentPlace place in places)
            {
                agents.Add(new AgentProcess(network, agents.Count, place, period, ear));
                await Task.Delay(agents.Count == 1 ? 2500 : 0); // the first is the mesh that the others join
            }

            await Task.Delay(MeetMs);
            using CanaryProcess canary = new();
            using Director director = new(network.Namespaces[hosts], MeshNetwork.Address(hosts), keyFile, places);
            List<OrderResult> orders = await OrderAllAsync(director, agents);
            CanaryReport stalls = canary.Stop();
            return StartsReport.Of(period, [.. places.Select(place => place.Clock.Ppm)], CanaryFigures.Of(stalls), [.. orders.Select(order => Explain(order, stalls, agents))]);
        }
        finally
        {
            agents.ForEach(agent => agent.Dispose());
        }
    }

    private AgentPlace[] Places(string keyFile)
    {
        long origin = MeshClock.Now.Nanoseconds;
        IPEndPoint[] all = [.. Enumerable.Range(0, hosts).Select(host => new IPEndPoint(IPAddress.Parse(MeshNetwork.Address(host)), Port))];
        return
        [
            .. all.Select((listen, i) => new AgentPlace(
                $"host{i + 1}", listen, [.. all.Where(other => other != listen)], keyFile, "",
                new SimulatedClock((long)(OffsetMs[i % Ppm.Length] * 1e6), Ppm[i % Ppm.Length], origin))),
        ];
    }

    private async Task<List<OrderResult>> OrderAllAsync(Director director, List<AgentProcess> agents)
    {
        List<OrderResult> orders = [];
        for (int round = 1; round <= starts; round++)
        {
            orders.Add(await OrderAsync(director, agents, round, "play", _random.Next(LeastFrame, MostFrame)));
            if (orders[^1].Refusals.Count > 0)
            {
                continue; // nothing plays that could be located or stopped
            }

            await Task.Delay(PlayMs);
            orders.Add(await OrderAsync(director, agents, round, "locate", _random.Next(LeastFrame, MostFrame)));
            await Task.Delay(PlayMs);
            orders.Add(await OrderAsync(director, agents, round, "stop"));
            Console.Error.WriteLine($"{round} of {starts} starts at {period} frames: apart {string.Join(", ", orders.TakeLast(3).Select(order => $"{order.ApartFrames:F2}{(order.Holds ? "" : "!")}"))}");
        }

        return orders;
    }

    private async Task<OrderResult> OrderAsync(Director director, List<AgentProcess> agents, int round, string order, int? frame = null)
    {
        agents.ForEach(agent => agent.Ear.TakeAll());
        DirectorAnswer answer = await director.OrderAsync($"{order} {frame}".Trim());
        await Task.Delay(HearMs);
        (AgentProcess Agent, AgentNote Note)? reference = agents.Select(agent => (Agent: agent, Note: agent.NoteOf(answer.Id)!)).FirstOrDefault(one => one.Note is { IsReference: true });
        if (answer.Outcomes.Count < agents.Count || reference is not { Agent: not null } known)
        {
            string[] why = answer.IsDone ? ["Not every host came to an outcome, or none was the reference."] : [.. answer.Refusals];
            return new OrderResult(round, order, why.Length > 0 ? why : ["refused"], [], MeshClock.Now.Nanoseconds);
        }

        OrderJudge judge = new(known.Agent.Place.Clock, known.Note.Map(), period);
        HostResult[] results =
        [
            .. agents.Select(agent =>
            {
                ToldOutcome told = answer.Outcomes[agent.Place.Name];
                List<Heard> heard = agent.Ear.TakeAll();
                return order == "stop" ? judge.Stop(agent.Place.Name, told, heard) : judge.Roll(agent.Place.Name, told, heard);
            }),
        ];
        return new OrderResult(round, order, [], results, judge.MachineNs(answer.Outcomes.Values.First().AtNs));
    }

    private static OrderResult Explain(OrderResult order, CanaryReport canary, IEnumerable<AgentProcess> agents)
    {
        (long from, long to) = (order.DueNs - BeforeNs, order.DueNs + AfterNs);
        IEnumerable<double> stalls = canary.IsRealtime ? canary.Stalls.Where(stall => stall.Touches(from, to)).Select(stall => stall.Microseconds) : [];
        return order with
        {
            StallUs = stalls.DefaultIfEmpty(0).Max(),
            ServerXruns = agents.Sum(agent => agent.Said.Count(line => line.IsServersFault && line.Time >= from && line.Time <= to + PrintNs)),
        };
    }
}
