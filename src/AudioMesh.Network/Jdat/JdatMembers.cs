// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>The members of JDAT lines that are known, as bits of what has been seen.</summary>
[Flags]
internal enum JdatMembers
{
    None = 0,
    Type = 1,
    Version = 2,
    TimestampGpu = 4,
    SessionId = 8,
    AudioData = 16,
    Command = 32,
    Position = 64,
    SampleRate = 128,
    Channels = 256,
    Samples = 512,
    PnbtrProcessed = 1024,
    PredictionConfidence = 2048,
    TimestampCpu = 4096,
    TimestampUnit = 8192,
    ClockBase = 16384,
    Origin = 32768,
    Rate = 65536,
    ErrorNs = 131072,
    RateError = 262144,
}

internal static class JdatMembersText
{
    /// <summary>The member of a line called so, or none.</summary>
    public static JdatMembers OfLine(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("type"u8) => JdatMembers.Type,
        _ when name.SequenceEqual("version"u8) => JdatMembers.Version,
        _ when name.SequenceEqual("timestamp_gpu"u8) => JdatMembers.TimestampGpu,
        _ when name.SequenceEqual("session_id"u8) => JdatMembers.SessionId,
        _ when name.SequenceEqual("audio_data"u8) => JdatMembers.AudioData,
        _ when name.SequenceEqual("command"u8) => JdatMembers.Command,
        _ when name.SequenceEqual("position"u8) => JdatMembers.Position,
        _ when name.SequenceEqual("timestamp_cpu"u8) => JdatMembers.TimestampCpu,
        _ when name.SequenceEqual("timestamp_unit"u8) => JdatMembers.TimestampUnit,
        _ when name.SequenceEqual("clock_base"u8) => JdatMembers.ClockBase,
        _ when name.SequenceEqual("origin"u8) => JdatMembers.Origin,
        _ when name.SequenceEqual("rate"u8) => JdatMembers.Rate,
        _ when name.SequenceEqual("error_ns"u8) => JdatMembers.ErrorNs,
        _ when name.SequenceEqual("rate_error"u8) => JdatMembers.RateError,
        _ => JdatMembers.None,
    };

    /// <summary>The member of <c>audio_data</c> called so, or none.</summary>
    public static JdatMembers OfAudio(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("sample_rate"u8) => JdatMembers.SampleRate,
        _ when name.SequenceEqual("channels"u8) => JdatMembers.Channels,
        _ when name.SequenceEqual("samples"u8) => JdatMembers.Samples,
        _ when name.SequenceEqual("pnbtr_processed"u8) => JdatMembers.PnbtrProcessed,
        _ when name.SequenceEqual("prediction_confidence"u8) => JdatMembers.PredictionConfidence,
        _ => JdatMembers.None,
    };

    /// <summary>What it is called in errors.</summary>
    public static string NameOf(JdatMembers member) => member switch
    {
        JdatMembers.Type => "type",
        JdatMembers.Version => "version",
        JdatMembers.TimestampGpu => "timestamp_gpu",
        JdatMembers.SessionId => "session_id",
        JdatMembers.AudioData => "audio_data",
        JdatMembers.Command => "command",
        JdatMembers.Position => "position",
        JdatMembers.TimestampCpu => "timestamp_cpu",
        JdatMembers.TimestampUnit => "timestamp_unit",
        JdatMembers.ClockBase => "clock_base",
        JdatMembers.Origin => "origin",
        JdatMembers.Rate => "rate",
        JdatMembers.ErrorNs => "error_ns",
        JdatMembers.RateError => "rate_error",
        JdatMembers.SampleRate => "audio_data.sample_rate",
        JdatMembers.Channels => "audio_data.channels",
        JdatMembers.Samples => "audio_data.samples",
        JdatMembers.PnbtrProcessed => "audio_data.pnbtr_processed",
        JdatMembers.PredictionConfidence => "audio_data.prediction_confidence",
        _ => "",
    };
}
