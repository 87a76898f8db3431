// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>The last frames of every channel, and what lies between them. Frames are counted from the beginning of this memory.</summary>
[RealtimeSafe]
internal abstract unsafe class ResamplerLanes(int channels, int capacityFrames)
{
    public int CapacityFrames { get; } = capacityFrames;

    protected int Channels { get; } = channels;

    /// <summary>
    /// Takes frames of <paramref name="source"/>, from its frame <paramref name="at"/> on, and puts them at frame <paramref name="to"/>: two
    /// for each where the rate is doubled.
    /// </summary>
    public abstract void Write(ChannelPlanes source, int at, int to, int frames);

    /// <summary>Moves frames to the beginning.</summary>
    public abstract void MoveToStart(int from, int frames);

    /// <summary>Writes the frames at <paramref name="position"/> and every step after it, filtered by the bank of that index.</summary>
    public abstract void Render(int bank, FramePosition position, FramePosition step, ChannelPlanes output, int at, int frames);

    public abstract void Clear();
}
