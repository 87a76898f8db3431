// SPDX-License-Identifier: MIT
using Microsoft.Extensions.Logging;

namespace AudioMesh.Daemon.Config;

/// <summary>What is written to standard error, and how.</summary>
internal sealed record LogConfig
{
    public static IReadOnlyDictionary<string, LogLevel> Levels { get; } = new OrderedDictionary<string, LogLevel>
    {
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["none"] = LogLevel.None,
    };

    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary><c>text</c>, <c>json</c> or <c>systemd</c>.</summary>
    public string Format { get; init; } = "text";
}
