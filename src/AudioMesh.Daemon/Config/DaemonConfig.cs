// SPDX-License-Identifier: MIT
using AudioMesh.Control;

namespace AudioMesh.Daemon.Config;

/// <summary>All that a daemon is told: the configuration file's values, or defaults, with environment and options over them.</summary>
internal sealed record DaemonConfig
{
    /// <summary>The file it is from; null where there is none.</summary>
    public string? Path { get; init; }

    public SocketConfig Socket { get; init; } = new();

    public DeviceConfig Device { get; init; } = new();

    public RolesConfig Roles { get; init; } = new();

    public ClientQuotas Quotas { get; init; } = new();

    public FilesConfig Files { get; init; } = new();

    public GraphConfig Graph { get; init; } = new();

    public PluginsConfig Plugins { get; init; } = new();

    public LogConfig Log { get; init; } = new();

    public TelemetryConfig Telemetry { get; init; } = new();

    public NetworkConfig Network { get; init; } = new();
}
