// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace AudioMesh.DaemonCost;

/// <summary>What a process takes while nothing happens.</summary>
/// <param name="Share">Processor time of all its threads, as a share of one core.</param>
/// <param name="WakesPerSecond">How often its threads waited, and so woke: what a busy machine does not change.</param>
internal readonly record struct Idling(double Share, double WakesPerSecond)
{
    /// <summary>Measures a process for so many seconds.</summary>
    public static Idling Of(int process, double seconds)
    {
        Dictionary<string, (double CpuSeconds, long Wakes)> before = Read(process);
        long begin = Stopwatch.GetTimestamp();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        double took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double cpu = 0;
        double wakes = 0;
        foreach ((string task, (double cpuSeconds, long count)) in Read(process))
        {
            (double cpuBefore, long countBefore) = before.GetValueOrDefault(task);
            cpu += cpuSeconds - cpuBefore;
            wakes += count - countBefore;
        }

        return new Idling(cpu / took, wakes / took);
    }

    public override string ToString() => FormattableString.Invariant($"{100 * Share:0.00} %, {WakesPerSecond:0} times a second");

    // By thread: one that ends meanwhile takes what it had with it.
    private static Dictionary<string, (double CpuSeconds, long Wakes)> Read(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task").ToDictionary(task => task, task => (CpuSecondsOf(task), WakesOf(task)));

    private static double CpuSecondsOf(string task) => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e9;

    private static long WakesOf(string task) => long.Parse(
        File.ReadLines($"{task}/status").First(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);
}
