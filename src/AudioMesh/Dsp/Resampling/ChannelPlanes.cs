// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>Frames in memory, either a plane for each channel or interleaved; the default has none and is silence.</summary>
internal readonly unsafe struct ChannelPlanes
{
    private readonly float** _planes;
    private readonly float* _interleaved;

    public ChannelPlanes(float** planes)
    {
        _planes = planes;
        Stride = 1;
    }

    public ChannelPlanes(float* interleaved, int channels)
    {
        _interleaved = interleaved;
        Stride = channels;
    }

    /// <summary>Floats from one frame of a channel to its next.</summary>
    public int Stride { get; }

    public float* At(int channel, int frame) =>
        _planes != null ? _planes[channel] + frame : _interleaved + ((nint)frame * Stride) + channel;

    /// <summary>Copies frames of a channel.</summary>
    public void Read<T>(int channel, int frame, T* destination, int frames)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (_planes == null && _interleaved == null)
        {
            new Span<T>(destination, frames).Clear();
            return;
        }

        float* samples = At(channel, frame);
        if (typeof(T) == typeof(float) && Stride == 1)
        {
            new ReadOnlySpan<T>(samples, frames).CopyTo(new Span<T>(destination, frames));
            return;
        }

        int i = 0;
        for (; typeof(T) == typeof(double) && Stride == 1 && i <= frames - Vector<float>.Count; i += Vector<float>.Count, samples += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(samples), out Vector<double> low, out Vector<double> high);
            low.Store((double*)destination + i);
            high.Store((double*)destination + i + Vector<double>.Count);
        }

        for (; i < frames; i++, samples += Stride)
        {
            destination[i] = T.CreateTruncating(*samples);
        }
    }
}
