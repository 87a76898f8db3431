// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Config;

/// <summary>Where metrics go, by OTLP.</summary>
internal sealed record TelemetryConfig
{
    /// <summary>Null: nowhere.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>http</c> or <c>grpc</c>.</summary>
    public string Protocol { get; init; } = "http";

    public int IntervalSeconds { get; init; } = 10;
}
