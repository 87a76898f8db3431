// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Media;

/// <summary>What a <see cref="StreamSender"/> is made for.</summary>
public sealed record StreamSenderOptions
{
    /// <summary>The stream's number, among its sender's; another each time that a stream begins.</summary>
    public required uint StreamId { get; init; }

    /// <summary>Channels, 1 to 64.</summary>
    public required int Channels { get; init; }

    /// <summary>Nominal frames per second.</summary>
    public required int Rate { get; init; }

    /// <summary>Frames of the blocks that it is given, as a rule.</summary>
    public required int BlockFrames { get; init; }

    /// <summary>How samples travel.</summary>
    public SampleEncoding Encoding { get; init; } = SampleEncoding.Float32;

    /// <summary>What is sent besides, against loss.</summary>
    public Redundancy Redundancy { get; init; }

    /// <summary>The longest datagram.</summary>
    public int DatagramBytes { get; init; } = DatagramSize.Default;
}
