// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>Planar channels of one block. Valid during <see cref="GraphNode.Process"/> only.</summary>
[RealtimeSafe]
public readonly unsafe struct BlockView(float** channels, int channelCount, int frames, FrameFlags flags)
{
    /// <summary>Array of <see cref="ChannelCount"/> pointers, 64-byte aligned.</summary>
    public readonly float** Channels = channels;

    /// <summary>Channels; 0 where the node has none on this side.</summary>
    public readonly int ChannelCount = channelCount;

    /// <summary>Frames in each channel.</summary>
    public readonly int Frames = frames;

    /// <summary>What is known of the samples.</summary>
    public readonly FrameFlags Flags = flags;

    /// <summary>One channel's samples.</summary>
    public Span<float> Channel(int index) => new(Channels[index], Frames);
}
