// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>How soon a daemon plays, and what it takes while nothing happens. Times are printed; only what noise cannot break is judged.</summary>
[Platform("Linux")]
internal sealed class StartTests
{
    private const int Starts = 7;
    private const int IdleMs = 1000;
    private const long MostIdleKb = 64 << 10;

    [Test]
    public void The_first_sample_leaves_soon_after_the_start()
    {
        double[] ms = new double[Starts];
        for (int i = 0; i < Starts; i++)
        {
            ms[i] = FirstSampleMs();
        }

        Array.Sort(ms);
        TestContext.Out.WriteLine(
            $"{(DaemonBinary.IsNative ? "native" : "managed")}: first sample {ms[Starts / 2]:0} ms after the start (median of {Starts}; least {ms[0]:0}, most {ms[^1]:0})");
        Assert.That(ms[0], Is.GreaterThan(0).And.LessThan(10_000));
    }

    [Test]
    public void An_idle_one_rests_takes_little_and_wakes_for_the_first_node()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, "[device]\nbackend = \"null\"\n");
        using RawClient client = new(daemon.Socket);
        client.Get("""{"cmd":"subscribe","events":["state"]}""");
        client.WaitFor("state", state => state.GetProperty("value").GetString() == "stopped");
        client.Get("""{"cmd":"subscribe","events":[]}""");
        double before = CpuSeconds(daemon.Id);
        long begin = Stopwatch.GetTimestamp();
        Thread.Sleep(IdleMs);
        double share = (CpuSeconds(daemon.Id) - before) / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        long residentKb = ResidentKb(daemon.Id);
        TestContext.Out.WriteLine($"{(DaemonBinary.IsNative ? "native" : "managed")}: idle {100 * share:0.00} % of a core, {residentKb / 1024.0:0.0} MB resident");
        Assert.That(DaemonBinary.IsNative ? residentKb : 0, Is.LessThan(MostIdleKb));
        client.Get("""{"cmd":"subscribe","events":["state"]}""");
        client.Get("""{"cmd":"create_node","type":"tone"}""");
        client.WaitFor("state", state => state.GetProperty("value").GetString() == "running");
    }

    // When position 0 left, by where the device stands now; mesh time of this process and that one is the same clock.
    private static double FirstSampleMs()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone);
        MeshTime begin = MeshClock.Now;
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, "[device]\nbackend = \"null\"\n[graph]\nstart = \"start.json\"\n");
        using RawClient client = new(daemon.Socket);
        JsonElement stats = client.Get("""{"cmd":"stats"}""");
        double playedNs = stats.GetProperty("position").GetInt64() * 1e9 / stats.GetProperty("rate").GetInt32();
        Assert.That(stats.GetProperty("position").GetInt64(), Is.GreaterThan(0));
        return (stats.GetProperty("position_time").GetInt64() - playedNs - begin.Nanoseconds) / 1e6;
    }

    private static double CpuSeconds(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 1e9;

    private static long ResidentKb(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
