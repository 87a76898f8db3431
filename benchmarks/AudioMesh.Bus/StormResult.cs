// SPDX-License-Identifier: MIT
namespace AudioMesh.Benchmarks.Bus;

/// <summary>What came of a storm of updates.</summary>
/// <param name="Updates">How many were written.</param>
/// <param name="PerSecond">So many a second, by the writers' clock.</param>
/// <param name="DelayMs">From a write to another host's watcher.</param>
/// <param name="SeenShare">Of updates times other hosts; what was overwritten before a watcher was called is not seen.</param>
/// <param name="CpuShare">Of one CPU, all four hosts together.</param>
/// <param name="ServerCpuShare">The same of the server.</param>
/// <param name="Resent">Pieces that were sent again.</param>
/// <param name="Lost">Messages that were given up.</param>
/// <param name="IsAcknowledged">Whether all that was written is acknowledged.</param>
/// <param name="IsSame">Whether all hosts hold what each writer wrote last.</param>
internal sealed record StormResult(
    int Updates, double PerSecond, (double P50, double P99, double Longest) DelayMs, double SeenShare, double CpuShare, double ServerCpuShare, long Resent, long Lost, bool IsAcknowledged, bool IsSame);
