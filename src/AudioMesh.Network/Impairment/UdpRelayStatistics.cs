// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>What a relay did since it began.</summary>
public sealed record UdpRelayStatistics
{
    /// <summary>From clients to the target, over all clients there were.</summary>
    public required ImpairmentCounts There { get; init; }

    /// <summary>From the target to clients.</summary>
    public required ImpairmentCounts Back { get; init; }

    /// <summary>Clients now.</summary>
    public required int Clients { get; init; }

    /// <summary>Clients that there were, these among them.</summary>
    public required long ClientsSeen { get; init; }

    /// <summary>Packets of clients that there was no place for.</summary>
    public required long Refused { get; init; }

    /// <summary>Packets from others than the target on its side.</summary>
    public required long Strangers { get; init; }

    /// <summary>Packets that there was no room for.</summary>
    public required long NoRoom { get; init; }

    /// <summary>Packets that the system did not send.</summary>
    public required long NotSent { get; init; }

    /// <summary>Packets on their way.</summary>
    public required int Waiting { get; init; }

    /// <summary>How long after its time half of the packets was sent, microseconds, to 5 exact.</summary>
    public required double LatenessP50Us { get; init; }

    /// <summary>The same of 99 %.</summary>
    public required double LatenessP99Us { get; init; }

    /// <summary>The same of all.</summary>
    public required double LatenessMaxUs { get; init; }
}
