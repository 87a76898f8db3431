// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Canary;

namespace AudioMesh.Latency.Reports;

/// <summary>How often and how long the machine did not run a realtime thread in time.</summary>
internal sealed record CanaryFigures(bool Realtime, int Count, double LongestUs, IReadOnlyList<CpuStalls> PerCpu)
{
    public static CanaryFigures Of(CanaryReport report) => new(
        report.IsRealtime,
        report.Stalls.Length,
        Longest(report.Stalls),
        [.. Enumerable.Range(0, report.Cpus).Select(cpu => CpuStalls.Of(cpu, [.. report.Stalls.Where(stall => stall.Cpu == cpu)]))]);

    internal static double Longest(IEnumerable<Stall> stalls) => Math.Round(stalls.Select(stall => stall.Microseconds).DefaultIfEmpty().Max(), 1);
}

/// <summary>The same for one CPU.</summary>
internal sealed record CpuStalls(int Cpu, int Count, double LongestUs)
{
    public static CpuStalls Of(int cpu, IReadOnlyCollection<Stall> stalls) => new(cpu, stalls.Count, CanaryFigures.Longest(stalls));
}
