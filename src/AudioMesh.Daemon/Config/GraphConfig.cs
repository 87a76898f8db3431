// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Config;

/// <summary>Graphs in files.</summary>
internal sealed record GraphConfig
{
    /// <summary>Applied at the start, and again when it changes; null for none.</summary>
    public string? Start { get; init; }

    /// <summary>Where <c>save</c> keeps graphs and <c>load</c> finds them; null for the usual place.</summary>
    public string? Folder { get; init; }
}
