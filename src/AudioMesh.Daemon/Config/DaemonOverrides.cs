// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Backends;
using Microsoft.Extensions.Logging;

namespace AudioMesh.Daemon.Config;

/// <summary>What goes before a configuration file: the environment, and before that the options of the command line. Null: nothing said.</summary>
internal sealed record DaemonOverrides
{
    public string? Socket { get; init; }

    public string? Backend { get; init; }

    public string? Device { get; init; }

    public int? Period { get; init; }

    public LogLevel? LogLevel { get; init; }

    /// <summary>Reads <c>AUDIOMIXERD_SOCKET</c>, <c>_BACKEND</c>, <c>_DEVICE</c> and <c>_PERIOD</c>; empty ones say nothing. Throws InvalidArgument.</summary>
    public static DaemonOverrides OfEnvironment() => new()
    {
        Socket = Variable("SOCKET"),
        Backend = Variable("BACKEND") is not { } backend ? null
            : DeviceConfig.Backends.Contains(backend) ? backend
            : throw Wrong("BACKEND", backend, string.Join(", ", DeviceConfig.Backends)),
        Device = Variable("DEVICE"),
        Period = Variable("PERIOD") is not { } period ? null
            : int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out int frames) && frames is >= 16 and <= StreamRequest.MaxPeriodFrames ? frames
            : throw Wrong("PERIOD", period, $"16..{StreamRequest.MaxPeriodFrames}"),
    };

    /// <summary>These over <paramref name="config"/>.</summary>
    public DaemonConfig Over(DaemonConfig config) => config with
    {
        Socket = config.Socket with { Path = Socket ?? config.Socket.Path },
        Device = config.Device with
        {
            Backend = Backend ?? config.Device.Backend,
            Name = Device ?? config.Device.Name,
            Period = Period ?? config.Device.Period,
        },
        Log = config.Log with { Level = LogLevel ?? config.Log.Level },
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"AUDIOMIXERD_{name}") is { Length: > 0 } value ? value : null;

    private static AudioMeshException Wrong(string name, string value, string allowed) => new(
        AudioErrorKind.InvalidArgument, $"AUDIOMIXERD_{name} '{value}' is not allowed: {allowed}.")
    {
        Field = $"AUDIOMIXERD_{name}",
        Allowed = allowed,
    };
}
