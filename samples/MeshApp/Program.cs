// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Network.Registry;
using AudioMesh.Network.Transport;
using AudioMesh.Network.Wire;
using MeshApp;

string driver = args.ElementAtOrDefault(0) ?? "auto";
SessionKey key = SessionKey.FromSecret(RandomNumberGenerator.GetBytes(SessionKey.Bytes), "sample"); // on two machines: SessionKey.FromFile
await using MeshHost anna = new("anna", key, driver);
await using MeshHost ben = new("ben", key, driver, anna.Address);
Task showing = Task.WhenAll(ShowAsync(anna), ShowAsync(ben));

// What one host offers or sets, the other is told.
using RegisteredService deck = anna.Services.Register(new ServiceAnnouncement { Type = "recorder", Name = "deck 1" });
anna.Parameters.Declare("mix", new ParameterDescriptor("db", ParameterKind.Number, "How loud.") { Min = -60, Max = 12, Default = 0.0, Unit = "dB" });
await UntilAsync(() => ben.Parameters.Find("mix", "db") is not null && ben.Services.Find("recorder").Count > 0);
ben.Parameters.Set("mix", "db", -12, rampMs: 100);
deck.Report(ServiceHealth.Degraded, "disk 95 % full");

// One director has both play from frame 48000 at the same moment, and stop at the same frame.
await UntilAsync(() => ben.Director.Hosts is [{ NotReady: "" } first, { NotReady: "" } second] && first.MeshId == second.MeshId);
await DirectAsync(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 48_000, MaxBoundUs = 100_000 });
await DirectAsync(new DirectorPlan { Action = TransportAction.Stop, MaxBoundUs = 100_000 });
Console.WriteLine($"anna stands at frame {anna.Agent.GetStatus().Frame}, ben at {ben.Agent.GetStatus().Frame}.");
anna.EndEvents();
ben.EndEvents();
await showing;

async Task DirectAsync(DirectorPlan plan)
{
    DirectorRun run = await ben.Director.RunAsync(plan);
    Console.WriteLine($"{plan.Action}: {run.Phase}");
    foreach (DirectorHostState host in run.Hosts)
    {
        Console.WriteLine($"  {host.Host}: {(host.Outcome is { } outcome ? $"{outcome.Result}, {outcome.ErrorFrames:+0.00;-0.00} frames off" : host.Refusal.Reason)}");
    }
}

static async Task ShowAsync(MeshHost host)
{
    await foreach (string happened in host.Events)
    {
        Console.WriteLine($"{host.Name} hears: {happened}");
    }
}

static async Task UntilAsync(Func<bool> holds)
{
    for (MeshTime end = MeshClock.Now.Add(30_000_000_000); !holds() && MeshClock.Now < end;)
    {
        await Task.Delay(10);
    }
}
