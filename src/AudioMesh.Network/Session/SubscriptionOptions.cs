// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;

namespace AudioMesh.Network.Session;

/// <summary>Which stream is wanted, and how it is to be heard.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>The name of the member that offers it; empty for whoever does.</summary>
    public string Peer { get; init; } = "";

    /// <summary>The stream's name; empty for the first of that member.</summary>
    public string Stream { get; init; } = "";

    /// <summary>The rate to be read at; 0 for the stream's.</summary>
    public int OutputRate { get; init; }

    /// <summary>Channels to be read; 0 for the stream's.</summary>
    public int OutputChannels { get; init; }

    /// <summary>The least time that the fastest packets wait, milliseconds.</summary>
    public double MinDepthMs { get; init; }

    /// <summary>The most; the same as the least for a fixed depth.</summary>
    public double MaxDepthMs { get; init; } = 200;

    /// <summary>The share of packets that a millisecond more of depth has to keep from coming too late.</summary>
    public double LateSharePerMs { get; init; } = 1e-3;

    /// <summary>Whether what is missing is predicted.</summary>
    public bool Predicts { get; init; } = true;

    /// <summary>What prediction begins to train with.</summary>
    public ConcealmentProfile Profile { get; init; } = ConcealmentProfile.Default;
}
