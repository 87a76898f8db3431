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
        (double cpuBefore, long wakesBefore) = Read(process);
        long begin = Stopwatch.GetTimestamp();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        (double cpu, long wakes) = Read(process);
        double took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return new Idling((cpu - cpuBefore) / took, (wakes - wakesBefore) / took);
    }

    public override string ToString() => FormattableString.Invariant($"{100 * Share:0.00} %, {WakesPerSecond:0} times a second");

    private static (double CpuSeconds, long Wakes) Read(int process)
    {
        double seconds = 0;
        long wakes = 0;
        foreach (string task in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            seconds += double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e9;
            wakes += long.Parse(
                File.ReadLines($"{task}/status").First(line => line.StartsWith("voluntary_ctxt_switches:", StringComparison.Ordinal)).Split('\t')[1],
                CultureInfo.InvariantCulture);
        }

        return (seconds, wakes);
    }
}
