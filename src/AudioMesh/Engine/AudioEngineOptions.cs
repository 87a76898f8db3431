// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <summary>What an engine is made of.</summary>
public sealed record AudioEngineOptions
{
    /// <summary>The node types it knows.</summary>
    public NodeCatalogue Nodes { get; init; } = NodeCatalogue.CreateDefault();

    /// <summary>The backends it may use.</summary>
    public BackendCatalogue Backends { get; init; } = BackendCatalogue.CreateDefault();

    /// <summary>The most nodes it will hold.</summary>
    public int MaxNodes { get; init; } = 4096;
}
