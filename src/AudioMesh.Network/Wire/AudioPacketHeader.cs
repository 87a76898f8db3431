// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Wire;

/// <summary>
/// What one audio packet says of its samples: a rectangle of a stream, some frames of some channels, so that any number of channels fits packets
/// that no network cuts.
/// </summary>
/// <param name="StreamId">Which of its sender's streams.</param>
/// <param name="Sequence">Counts the stream's packets; wraps around.</param>
/// <param name="FirstFrame">Position in the stream of the first frame.</param>
/// <param name="Timestamp">Mesh time of the first frame, where it was recorded or rendered (<c>timestamp_gpu</c>).</param>
/// <param name="Rate">Nominal frames per second.</param>
/// <param name="Channels">Channels of the stream, 1 to 64.</param>
/// <param name="FirstChannel">The first channel in this packet.</param>
/// <param name="ChannelCount">Channels in this packet.</param>
/// <param name="Frames">Frames in this packet, 1 to 512.</param>
/// <param name="Encoding">How the samples travel.</param>
/// <param name="Flags">What is special about the samples.</param>
public readonly record struct AudioPacketHeader(
    uint StreamId,
    uint Sequence,
    long FirstFrame,
    MeshTime Timestamp,
    int Rate,
    int Channels,
    int FirstChannel,
    int ChannelCount,
    int Frames,
    SampleEncoding Encoding,
    FrameFlags Flags);
