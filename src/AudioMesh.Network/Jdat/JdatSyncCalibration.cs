// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Jdat;

/// <summary>A <c>sync_calibration_block</c>: a clock map between a GPU and mesh time, written down (docs/gpu-clock.md). Immutable; any thread.</summary>
public sealed record JdatSyncCalibration
{
    /// <summary>No block is longer, in bytes.</summary>
    public const int MaxBytes = 4096;

    internal const double MinRate = 0.9;
    internal const double MaxRate = 1.1;
    internal const double MaxRateError = 0.1;

    /// <summary>Mesh time of the writer's machine at <see cref="TimestampGpu"/>, nanoseconds, within 2^62 of zero.</summary>
    public required long TimestampCpu { get; init; }

    /// <summary>The GPU's clock at <see cref="TimestampCpu"/>, nanoseconds by its own count, within 2^62 of zero.</summary>
    public required long TimestampGpu { get; init; }

    /// <summary>Which clock of the machine <see cref="TimestampCpu"/> is of: <c>monotonic</c> where AudioMesh wrote it. At most 128 characters, as all names.</summary>
    public string ClockBase { get; init; } = "monotonic";

    /// <summary>The session it belongs to.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>Who measured.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Nanoseconds of mesh time a nanosecond of the GPU's, 0.9 to 1.1; null where the writer did not say.</summary>
    public double? Rate { get; init; }

    /// <summary>How far <see cref="TimestampCpu"/> may be from the truth, nanoseconds; null where the writer did not say.</summary>
    public double? ErrorNs { get; init; }

    /// <summary>How much that grows with each nanosecond away from <see cref="TimestampCpu"/>, 0 to 0.1; null where the writer did not say.</summary>
    public double? RateError { get; init; }

    /// <summary>The map from the GPU's nanoseconds to the writer's mesh time. Without a rate it is 1; without a bound it is infinite: nothing is promised.</summary>
    public ClockMap Map => new(TimestampGpu, new MeshTime(TimestampCpu), Rate ?? 1, ErrorNs ?? double.PositiveInfinity, RateError ?? double.MaxValue);

    internal void Validate()
    {
        Check(JdatFormat.IsTime(TimestampCpu), "timestamp_cpu", "within 2^62 of zero");
        Check(JdatFormat.IsTime(TimestampGpu), "timestamp_gpu", "within 2^62 of zero");
        Check(JdatSessionName.IsAllowed(ClockBase), "clock_base", "at most 128 characters, none of them control characters");
        Check(JdatSessionName.IsAllowed(Origin), "origin", "at most 128 characters, none of them control characters");
        Check(Rate is null or (>= MinRate and <= MaxRate), "rate", "0.9..1.1");
        Check(ErrorNs is null or (>= 0 and < double.PositiveInfinity), "error_ns", "a number, not negative");
        Check(RateError is null or (>= 0 and <= MaxRateError), "rate_error", "0..0.1");
    }

    private static void Check(bool holds, string member, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{member} is out of range: {allowed}.") { Field = member, Allowed = allowed };
        }
    }
}
