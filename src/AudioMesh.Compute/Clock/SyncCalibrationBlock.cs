// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;

namespace AudioMesh.Compute.Clock;

/// <summary>
/// A clock map between a GPU and mesh time, written down: the <c>sync_calibration_block</c> of <c>docs/gpu-clock.md</c>. What is read from outside is
/// checked before it becomes one. Immutable; any thread.
/// </summary>
public sealed record SyncCalibrationBlock
{
    internal const string TypeName = "sync_calibration_block";
    internal const string VersionName = "jamnet/1.0";
    internal const string Unit = "ns";

    /// <summary>No block is longer, in bytes.</summary>
    public const int MaxBytes = 4096;

    /// <summary>No name is longer, in UTF-16 units.</summary>
    public const int MaxNameLength = 128;

    private const double MaxSkew = 0.1;

    private SyncCalibrationBlock()
    {
    }

    /// <summary>Mesh time of the writer's machine at <see cref="TimestampGpu"/>, nanoseconds.</summary>
    public long TimestampCpu { get; private init; }

    /// <summary>The GPU's clock at <see cref="TimestampCpu"/>, nanoseconds by its own count.</summary>
    public long TimestampGpu { get; private init; }

    /// <summary>Which clock of the machine <see cref="TimestampCpu"/> is of: <c>monotonic</c> where AudioMesh wrote it.</summary>
    public string ClockBase { get; private init; } = "";

    /// <summary>The session it belongs to.</summary>
    public string SessionId { get; private init; } = "";

    /// <summary>Who measured.</summary>
    public string Origin { get; private init; } = "";

    /// <summary>Nanoseconds of mesh time a nanosecond of the GPU's, 0.9 to 1.1; null where the writer did not say.</summary>
    public double? Rate { get; private init; }

    /// <summary>How far <see cref="TimestampCpu"/> may be from the truth, nanoseconds; null where the writer did not say.</summary>
    public double? ErrorNs { get; private init; }

    /// <summary>How much that grows with each nanosecond away from <see cref="TimestampCpu"/>; null where the writer did not say.</summary>
    public double? RateError { get; private init; }

    /// <summary>
    /// The map from the GPU's nanoseconds to the writer's mesh time. Where the block says no rate it is 1; where it says no bound it is infinite:
    /// nothing is promised.
    /// </summary>
    public ClockMap Map => new(
        TimestampGpu, new MeshTime(TimestampCpu), Rate ?? 1, ErrorNs ?? double.PositiveInfinity, RateError ?? double.MaxValue);

    /// <summary>Reads one from UTF-8 JSON that anybody may have sent. Members it does not know are passed over.</summary>
    /// <exception cref="AudioMeshException"><see cref="AudioErrorKind.Protocol"/>: it is too long, no JSON, or a member is missing or makes no sense; names the member.</exception>
    public static SyncCalibrationBlock Parse(ReadOnlySpan<byte> utf8)
    {
        Check(utf8.Length <= MaxBytes, "", $"at most {MaxBytes} bytes");
        SyncCalibrationJson? json;
        try
        {
            json = JsonSerializer.Deserialize(utf8, SyncCalibrationContext.Default.SyncCalibrationJson);
        }
        catch (JsonException e)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"No {TypeName}: {e.Message}", e) { Field = e.Path };
        }

        Check(json is not null, "", "an object");
        return FromJson(json!);
    }

    /// <summary>As UTF-8 JSON, one line.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(
        new SyncCalibrationJson
        {
            Type = TypeName,
            Version = VersionName,
            TimestampCpu = TimestampCpu,
            TimestampGpu = TimestampGpu,
            TimestampUnit = Unit,
            ClockBase = ClockBase,
            SessionId = SessionId,
            Origin = Origin,
            Rate = Rate,
            ErrorNs = ErrorNs,
            RateError = RateError,
        },
        SyncCalibrationContext.Default.SyncCalibrationJson);

    /// <summary>Writes down a map from ticks. Its nanoseconds are ticks times <paramref name="nsPerTick"/>, whatever the true rate.</summary>
    internal static SyncCalibrationBlock Of(in ClockMap map, double nsPerTick, string sessionId, string origin)
    {
        double rate = map.Rate / nsPerTick;
        double rounding = 0.5 * rate;
        return new SyncCalibrationBlock
        {
            TimestampCpu = map.MeshOrigin.Nanoseconds,
            TimestampGpu = new ClockMap(0, new MeshTime(0), nsPerTick).ToMesh(map.SourceOrigin).Nanoseconds,
            ClockBase = "monotonic",
            SessionId = Name(sessionId, nameof(sessionId), AudioErrorKind.InvalidArgument),
            Origin = Name(origin, nameof(origin), AudioErrorKind.InvalidArgument),
            Rate = rate,
            ErrorNs = map.ErrorNs + rounding,
            RateError = map.RateError,
        };
    }

    private static SyncCalibrationBlock FromJson(SyncCalibrationJson json)
    {
        Check(json.Type == TypeName, "type", TypeName);
        Check(json.Version == VersionName, "version", VersionName);
        Check(json.TimestampUnit == Unit, "timestamp_unit", Unit);
        Check(json.Rate is null or (>= 1 - MaxSkew and <= 1 + MaxSkew), "rate", "0.9..1.1");
        Check(json.ErrorNs is null or (>= 0 and < double.PositiveInfinity), "error_ns", "a number, not negative");
        Check(json.RateError is null or (>= 0 and <= MaxSkew), "rate_error", "0..0.1");
        return new SyncCalibrationBlock
        {
            TimestampCpu = Time(json.TimestampCpu, "timestamp_cpu"),
            TimestampGpu = Time(json.TimestampGpu, "timestamp_gpu"),
            ClockBase = Name(json.ClockBase, "clock_base", AudioErrorKind.Protocol),
            SessionId = Name(json.SessionId, "session_id", AudioErrorKind.Protocol),
            Origin = Name(json.Origin, "origin", AudioErrorKind.Protocol),
            Rate = json.Rate,
            ErrorNs = json.ErrorNs,
            RateError = json.RateError,
        };
    }

    /// <summary>Half the range of a long, so that differences of two cannot overflow.</summary>
    private static long Time(long? value, string member)
    {
        Check(value is >= long.MinValue / 2 and <= long.MaxValue / 2, member, "a whole number, within 2^62 of zero");
        return value!.Value;
    }

    private static string Name(string? value, string member, AudioErrorKind kind)
    {
        Check(value is { Length: <= MaxNameLength } && !value.Any(char.IsControl), member, $"text of at most {MaxNameLength} characters, none of them control characters", kind);
        return value!;
    }

    private static void Check(bool holds, string member, string allowed, AudioErrorKind kind = AudioErrorKind.Protocol)
    {
        if (!holds)
        {
            throw new AudioMeshException(kind, $"No {TypeName}: {(member.Length > 0 ? $"'{member}' must be" : "it must be")} {allowed}.")
            {
                Field = member,
                Allowed = allowed,
            };
        }
    }
}
