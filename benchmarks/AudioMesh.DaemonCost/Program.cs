// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.DaemonCost;
using AudioMesh.Simd;

const string Tone = """
    {"nodes":[{"name":"pitch","type":"tone"},{"name":"out","type":"device_sink"}],"connections":[{"from":"pitch","to":"out"}]}
    """;
const string Silence = """
    {"nodes":[{"name":"mix","type":"mixer"},{"name":"out","type":"device_sink"}],"connections":[{"from":"mix","to":"out"}]}
    """;
const double DeviceHz = 48000.0 / 128;
if (args is [Wakes.Word, string ns])
{
    Wakes.Run(long.Parse(ns, CultureInfo.InvariantCulture));
}

bool isShort = args.Contains("--short");
int starts = isShort ? 3 : 40;
int pauses = isShort ? 1 : 5;
double seconds = isShort ? 2 : 30;
Tally tally = new();
IReadOnlyList<DaemonBuild> builds = DaemonBuild.All();
Console.WriteLine($"audiomixerd on the null device, 128 frames at 48 kHz. {starts} starts each, taking turns, with a graph of a tone and a sink; {pauses} times a tone is made when the device has come to rest.");
Console.WriteLine("\n| built | first sample after the start: median | least | most | after a rest: median | most |\n|---|---|---|---|---|---|");
Dictionary<DaemonBuild, List<double>> startMs = builds.ToDictionary(build => build, _ => new List<double>());
for (int i = 0; i < starts; i++)
{
    foreach (DaemonBuild build in builds)
    {
        startMs[build].Add(FirstSampleMs(build));
    }
}

foreach (DaemonBuild build in builds)
{
    List<double> times = startMs[build];
    List<double> wakings = WakingsMs(build);
    times.Sort();
    wakings.Sort();
    Console.WriteLine(FormattableString.Invariant(
        $"| {build.Name} | {times[starts / 2]:0} ms | {times[0]:0} ms | {times[^1]:0} ms | {wakings[pauses / 2]:0} ms | {wakings[^1]:0} ms |"));
    tally.Judge(times[0] > 0 && wakings[0] > 0, $"{build.Name}: plays after it was started, and after a rest");
}

Console.WriteLine($"\n{seconds} s of idling, without clients: share of a core, and how often threads wake.\n\n| built | empty graph | resident | a graph that is silent | resident |\n|---|---|---|---|---|");
foreach (DaemonBuild build in builds)
{
    (Idling empty, double emptyMb) = IdleWith(build, null, "stopped");
    (Idling silent, double silentMb) = IdleWith(build, Silence, "running");
    Console.WriteLine(FormattableString.Invariant($"| {build.Name} | {empty} | {emptyMb:0.0} MB | {silent} | {silentMb:0.0} MB |"));
    tally.Judge(empty.WakesPerSecond < DeviceHz / 10, $"{build.Name}: the device rests while the graph is empty");
}

Console.WriteLine($"\nA process that does nothing but wake as often as the device does takes {Wakes.Idle((int)DeviceHz, seconds)}.");
Console.WriteLine();
Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;

static bool HasPlayed(JsonElement stats) => stats.GetProperty("position").GetInt64() > 0;

static bool IsIn(JsonElement stats, string state) => stats.GetProperty("state").GetString() == state;

// By where the device stands when it is asked: mesh time of two processes on a machine is the same clock.
double FirstSampleMs(DaemonBuild build)
{
    MeshTime begin = MeshClock.Now;
    using DaemonRun daemon = new(build, Tone);
    return MsUntil(0, daemon.WaitForStats(HasPlayed), begin);
}

List<double> WakingsMs(DaemonBuild build)
{
    using DaemonRun daemon = new(build, null);
    List<double> ms = [];
    while (ms.Count < pauses)
    {
        long position = daemon.WaitForStats(stats => HasPlayed(stats) && IsIn(stats, "stopped")).GetProperty("position").GetInt64();
        MeshTime begin = MeshClock.Now;
        daemon.Ask("""{"cmd":"batch","requests":[{"cmd":"create_node","type":"tone","name":"pitch","public":true},{"cmd":"create_node","type":"device_sink","name":"out","public":true},{"cmd":"connect","from":"pitch","to":"out"}]}""");
        ms.Add(MsUntil(position, daemon.WaitForStats(stats => stats.GetProperty("position").GetInt64() > position), begin));
        daemon.Ask("""{"cmd":"apply","graph":{"nodes":[]}}""");
    }

    return ms;
}

// From a moment until the frame at that position leaves the device.
static double MsUntil(long position, JsonElement stats, MeshTime begin)
{
    double sinceNs = (stats.GetProperty("position").GetInt64() - position) * 1e9 / stats.GetProperty("rate").GetInt32();
    return (stats.GetProperty("position_time").GetInt64() - sinceNs - begin.Nanoseconds) / 1e6;
}

(Idling Idle, double Megabytes) IdleWith(DaemonBuild build, string? graph, string state)
{
    using DaemonRun daemon = new(build, graph);
    daemon.WaitForStats(stats => HasPlayed(stats) && IsIn(stats, state));
    Thread.Sleep(1000);
    return (daemon.Idle(seconds), daemon.ResidentMb());
}
