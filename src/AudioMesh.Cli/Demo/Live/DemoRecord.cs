// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>All that was kept of a run.</summary>
internal sealed record DemoRecord
{
    public required DemoPlan Plan { get; init; }

    public required StreamInfo Device { get; init; }

    public required StreamInfo SenderDevice { get; init; }

    public required string? FallbackReason { get; init; }

    public required bool IsInterrupted { get; init; }

    public required int Rate { get; init; }

    /// <summary>Frames of A's packets.</summary>
    public required int PacketFrames { get; init; }

    /// <summary>What A played.</summary>
    public required SoundLog Sent { get; init; }

    /// <summary>What B heard and played.</summary>
    public required SoundLog Predicted { get; init; }

    /// <summary>What B would have heard without prediction.</summary>
    public required SoundLog Plain { get; init; }

    /// <summary>What came back to A.</summary>
    public required SoundLog Returned { get; init; }

    public required LinkLog Link { get; init; }

    /// <summary>Packets of B's before the first that came to the link.</summary>
    public required long ReturnedBefore { get; init; }

    /// <summary>Frames of B's packets.</summary>
    public required int ReturnedPacketFrames { get; init; }

    public required IReadOnlyList<DemoProgress> History { get; init; }

    public required DemoProgress End { get; init; }

    public required UdpRelayStatistics Relay { get; init; }

    /// <summary>Datagrams that were not heard though they came.</summary>
    public required long Dropped { get; init; }
}
