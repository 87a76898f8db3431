// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Ctl;

/// <summary>A node of a daemon's graph.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Settings">What it is set to, as <c>name=value</c>.</param>
internal sealed record GraphLookNode(int Id, string Name, string Type, string Settings);
