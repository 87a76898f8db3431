// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Config;

/// <summary>The files that clients may have the daemon open.</summary>
internal sealed record FilesConfig
{
    /// <summary>Folders whose files the nodes of clients that are no admins may read and write.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    public bool Equals(FilesConfig? other) => other is not null && Folders.SequenceEqual(other.Folders);

    public override int GetHashCode() => Folders.Count;
}
