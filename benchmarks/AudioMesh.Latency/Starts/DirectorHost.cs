// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Text.Json;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Network.Wire;

namespace AudioMesh.Latency.Starts;

/// <summary>
/// The process of the director: what <c>audiomesh director</c> is made of, for one order after the other. Each is a line of its standard input, <c>play FRAME</c>, <c>locate FRAME</c> or <c>stop</c>, and is
/// answered as <c>--json</c> does. It ends with its input.
/// </summary>
internal sealed class DirectorHost(IPEndPoint listen, string keyFile, string[] names, IReadOnlyList<IPEndPoint> agents)
{
    private const int LeadMs = 500;
    private const int PatienceMs = 6000;

    /// <summary>Looser than a director's own, so that a machine that is busy delays no order: what the bound was is in the report.</summary>
    private const double MaxBoundUs = 20_000;

    public void Run()
    {
        using LanBus bus = LanBus.Join(new ToastHostOptions { Name = "director", Key = SessionKey.FromFile(keyFile, "audiomesh"), Bind = listen, Contacts = agents });
        using TransportDirector director = new(bus, bus.Timebase);
        while (Console.In.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            SpinWait.SpinUntil(() => IsSettled(director, bus), PatienceMs);
            DirectorPlan plan = new()
            {
                Action = words[0] switch { "play" => TransportAction.LocateStart, "locate" => TransportAction.Locate, _ => TransportAction.Stop },
                Hosts = names,
                Frame = words.Length > 1 ? long.Parse(words[1], CultureInfo.InvariantCulture) : null,
                LeadMs = LeadMs,
                MaxBoundUs = MaxBoundUs,
            };
            Console.WriteLine(Describe(director.RunAsync(plan).GetAwaiter().GetResult()));
        }
    }

    private bool IsSettled(TransportDirector director, LanBus bus)
    {
        Thread.Sleep(5);
        TimebaseReading time = bus.Timebase.Read();
        IReadOnlyList<HostStatus> there = director.Hosts;
        return time.State != TimebaseState.Acquiring && there.All(host => host.MeshId == time.MeshId) && names.All(name => there.Any(host => host.Host == name));
    }

    private static string Describe(DirectorRun run) => JsonSerializer.Serialize(
        new DirectorAnswer($"{run.Id:x16}", run.Phase == DirectorPhase.Done, [.. run.Hosts.Where(host => !host.Refusal.IsNone).Select(host => $"{host.Host}: {host.Refusal.Reason}")],
            run.Hosts.Where(host => host.Outcome is not null).ToDictionary(host => host.Host, host => ToldOutcome.Of(host.Outcome!.Value))),
        Reports.JsonShapes.Default.DirectorAnswer);
}
