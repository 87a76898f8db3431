// SPDX-License-Identifier: MIT
namespace AudioMesh.Benchmarks.Hub;

/// <summary>How a hub at work kept up.</summary>
/// <param name="There">Clients that it has, and hears of.</param>
/// <param name="Seated">Clients that know it.</param>
/// <param name="Periods">Periods it mixed.</param>
/// <param name="Late">Those not done when the next one was due.</param>
/// <param name="Skipped">Those left out.</param>
/// <param name="Unexplained">Late and left out within a twentieth of a second in which no CPU stood still.</param>
/// <param name="Stalls">How often one did.</param>
/// <param name="CpuShare">What the hub's process took, of one CPU.</param>
/// <param name="PacketsPerSecond">Packets of mixes that came to clients.</param>
/// <param name="Peak">The loudest sample that the first client heard.</param>
/// <param name="SourcePeak">The level at which the hub has the loudest of what clients send; they send 0.01.</param>
/// <param name="IsRealtime">Whether the mixing thread has its priority.</param>
internal sealed record LiveFigures(
    int There, int Seated, long Periods, long Late, long Skipped, long Unexplained, int Stalls, double CpuShare, double PacketsPerSecond, float Peak, float SourcePeak, bool IsRealtime)
{
    public double JoinSeconds { get; init; }

    public override string ToString() => FormattableString.Invariant(
        $"| clients | seated after | periods | late | left out | of these unexplained | CPU stalls | CPU of the hub | mixes come, packets/s | first client hears | loudest source in the hub | realtime |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n| {There} | {JoinSeconds:0.0} s | {Periods} | {Late} | {Skipped} | {Unexplained} | {Stalls} | {100 * CpuShare:0} % of one | {PacketsPerSecond:0} | {Peak:0.000} | {SourcePeak:0.0000} | {(IsRealtime ? "yes" : "no")} |");
}
