// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <summary>What an engine is made of.</summary>
public sealed record AudioEngineOptions
{
    /// <summary>The node types it knows.</summary>
    public NodeCatalogue Nodes { get; init; } = NodeCatalogue.CreateDefault();

    /// <summary>The backends it may use.</summary>
    public BackendCatalogue Backends { get; init; } = BackendCatalogue.CreateDefault();

    /// <summary>
    /// The share of a period, above 0, that one node may take: one that takes longer time after time, and does not only wait with the machine, is left out and
    /// an event says so. Not where the device freewheels.
    /// </summary>
    public double DeadlineBudget { get; init; } = 0.9;

    /// <summary>Told of every block before it is rendered; null for nobody.</summary>
    public IBlockClock? BlockClock { get; init; }

    /// <summary>The most nodes it will hold.</summary>
    public int MaxNodes { get; init; } = 4096;
}
