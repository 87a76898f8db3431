// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Config;

/// <summary>Where clients come, and whom the system lets through.</summary>
internal sealed record SocketConfig
{
    /// <summary>Null for the place that clients look in.</summary>
    public string? Path { get; init; }

    public UnixFileMode Mode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>The group that the file belongs to; null for the process's own.</summary>
    public string? Group { get; init; }
}
