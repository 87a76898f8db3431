// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.DaemonCost;
using AudioMesh.Simd;

const string Tone = """
    {"nodes":[{"name":"pitch","type":"tone"},{"name":"out","type":"device_sink"}],"connections":[{"from":"pitch","to":"out"}]}
    """;
const double DeviceHz = 48000.0 / 128;
const int ControlHz = 100;
if (args is [Wakes.Word, string ns])
{
    Wakes.Run(long.Parse(ns, CultureInfo.InvariantCulture));
}

bool isShort = args.Contains("--short");
int starts = isShort ? 5 : 40;
double seconds = isShort ? 2 : 30;
Tally tally = new();
Console.WriteLine($"audiomixerd on the null device, 128 frames at 48 kHz. {starts} starts each, taking turns, with a graph of a tone and a sink; then {seconds} s without a graph and without clients.");
Console.WriteLine("\n| built | first sample after the start: median | least | most | idle: of a core | resident |\n|---|---|---|---|---|---|");
IReadOnlyList<DaemonBuild> builds = DaemonBuild.All();
Dictionary<DaemonBuild, List<double>> ms = builds.ToDictionary(build => build, _ => new List<double>());
for (int i = 0; i < starts; i++)
{
    foreach (DaemonBuild build in builds)
    {
        ms[build].Add(FirstSampleMs(build));
    }
}

foreach (DaemonBuild build in builds)
{
    List<double> times = ms[build];
    times.Sort();
    (double share, double megabytes) = Idle(build);
    Console.WriteLine(FormattableString.Invariant(
        $"| {build.Name} | {times[starts / 2]:0} ms | {times[0]:0} ms | {times[^1]:0} ms | {100 * share:0.00} % | {megabytes:0.0} MB |"));
    tally.Judge(times[0] > 0, $"{build.Name}: plays after it was started");
}

double device = Wakes.Share((int)DeviceHz, seconds);
double control = Wakes.Share(ControlHz, seconds);
Console.WriteLine(FormattableString.Invariant(
    $"\nA process that does nothing but wake {DeviceHz:0} times a second takes {100 * device:0.00} % of a core here, {ControlHz} times {100 * control:0.00} %."));
Console.WriteLine();
Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;

// By where the device stands when it is asked: mesh time of two processes on a machine is the same clock.
double FirstSampleMs(DaemonBuild build)
{
    MeshTime begin = MeshClock.Now;
    using DaemonRun daemon = new(build, Tone);
    JsonElement stats = daemon.WaitForStats();
    double playedNs = stats.GetProperty("position").GetInt64() * 1e9 / stats.GetProperty("rate").GetInt32();
    return (stats.GetProperty("position_time").GetInt64() - playedNs - begin.Nanoseconds) / 1e6;
}

(double Share, double Megabytes) Idle(DaemonBuild build)
{
    using DaemonRun daemon = new(build, null);
    daemon.WaitForStats();
    Thread.Sleep(1000);
    double before = daemon.CpuSeconds();
    long begin = Stopwatch.GetTimestamp();
    Thread.Sleep(TimeSpan.FromSeconds(seconds));
    return ((daemon.CpuSeconds() - before) / Stopwatch.GetElapsedTime(begin).TotalSeconds, daemon.ResidentMb());
}
