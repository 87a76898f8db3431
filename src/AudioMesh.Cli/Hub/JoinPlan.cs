// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Hub;

/// <summary>Whom to join, with what.</summary>
internal sealed record JoinPlan
{
    /// <summary>The hub's name; empty for any.</summary>
    public required string Hub { get; init; }

    /// <summary>The file to play to the others.</summary>
    public string? Path { get; init; }

    /// <summary>Play what the device hears to them.</summary>
    public bool Captures { get; init; }

    /// <summary>Begin the file again at its end.</summary>
    public bool Loops { get; init; }

    public required ToastSettings Settings { get; init; }

    public required string Encoding { get; init; }

    /// <summary>Packets that are sent again.</summary>
    public int Repeat { get; init; }

    /// <summary>Packets that one more replaces any of.</summary>
    public int Parity { get; init; }

    public double LeastDepthMs { get; init; }

    public double MostDepthMs { get; init; }

    public bool Predicts { get; init; }

    public IReadOnlyList<(string Source, HubLevel Level)> Levels { get; init; } = [];
}
