// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Gpu;

/// <summary>What became of a <see cref="GpuClockRun"/>.</summary>
internal sealed record GpuClockReport
{
    private const double MostDriftNs = 1000;

    public required string Device { get; init; }

    public required double Minutes { get; init; }

    public required long Samples { get; init; }

    public required long Rejected { get; init; }

    public required int Checks { get; init; }

    /// <summary>Checks in which map and reading were further apart than both bounds together allow.</summary>
    public required int OutsideBound { get; init; }

    /// <summary>The most that map and reading were apart after the first second.</summary>
    public required double WorstNs { get; init; }

    /// <summary>The widest bound of the map after the first second.</summary>
    public required double WorstBoundNs { get; init; }

    public required double Ppm { get; init; }

    public required double JitterNs { get; init; }

    /// <summary>How far map and mesh time are apart at the end: the median of the last second.</summary>
    public required double DriftNs { get; init; }

    public bool IsGood => Checks > 0 && OutsideBound == 0 && Math.Abs(DriftNs) < MostDriftNs;

    public string InShort() =>
        $"{Device}, {Minutes:0.#} min: {Checks} checks, {OutsideBound} outside the bound; at most {WorstNs:0} ns apart, bound at most {WorstBoundNs:0} ns; "
        + $"{DriftNs:0} ns apart at the end; {Ppm:0.000} ppm, jitter {JitterNs:0} ns, {Samples} samples, {Rejected} passed over";
}
