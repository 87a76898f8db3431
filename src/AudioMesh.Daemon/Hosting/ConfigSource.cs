// SPDX-License-Identifier: MIT
using AudioMesh.Daemon.Config;

namespace AudioMesh.Daemon.Hosting;

/// <summary>Where a daemon's configuration is from: a file or none, with the environment over it, and options over that.</summary>
internal sealed class ConfigSource(string? path, DaemonOverrides options)
{
    private readonly DaemonOverrides _environment = DaemonOverrides.OfEnvironment();

    /// <summary>The file; null where there is none.</summary>
    public string? Path => path;

    /// <summary>Reads it. Throws InvalidArgument with the line of what is wrong, NotFound, FileUnreadable.</summary>
    public DaemonConfig Read() => options.Over(_environment.Over(path is null ? new DaemonConfig() : ConfigFile.Read(path)));
}
