// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace AudioMesh.Compute.Clock;

/// <summary>The members of a <c>sync_calibration_block</c> as they stand in JSON, in their order there; null is what was not there.</summary>
internal sealed class SyncCalibrationJson
{
    public string? Type { get; init; }

    public string? Version { get; init; }

    public long? TimestampCpu { get; init; }

    public long? TimestampGpu { get; init; }

    public string? TimestampUnit { get; init; }

    public string? ClockBase { get; init; }

    public string? SessionId { get; init; }

    public string? Origin { get; init; }

    public double? Rate { get; init; }

    public double? ErrorNs { get; init; }

    public double? RateError { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    MaxDepth = 8)]
[JsonSerializable(typeof(SyncCalibrationJson))]
internal sealed partial class SyncCalibrationContext : JsonSerializerContext;
