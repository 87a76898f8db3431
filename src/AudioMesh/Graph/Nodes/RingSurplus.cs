// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Leaves out what lies in a ring beyond one and a half times its depth for a quarter of a second: a device that stood still left it there, and the loop that follows the
/// app's clock would take a thousand times as long as it lasts to play it away. A ring that is nearly full is let be: its app writes whenever there is room.
/// Device thread; the count may be read from any.
/// </summary>
internal sealed unsafe class RingSurplus
{
    private const double WindowSeconds = 0.25;
    private const int LeastMs = 1;

    private readonly FrameRing _ring;
    private readonly int _depth;
    private readonly int _allowed;
    private readonly AlignedArray<float> _samples;
    private readonly AlignedArray<nint> _planes;
    private int _least = int.MaxValue;
    private int _most;
    private double _seconds;
    private long _leftOut;

    public RingSurplus(FrameRing ring, int depth)
    {
        _ring = ring;
        _depth = depth;
        _allowed = Math.Max(depth / 2, ring.Rate * LeastMs / 1000);
        _samples = new AlignedArray<float>(ring.Channels * GraphFormat.MaxBlockFrames);
        _planes = new AlignedArray<nint>(ring.Channels);
        for (int channel = 0; channel < ring.Channels; channel++)
        {
            _planes.Start[channel] = (nint)(_samples.Start + (channel * GraphFormat.MaxBlockFrames));
        }
    }

    /// <summary>Frames left out. Any thread.</summary>
    public long LeftOutFrames => Volatile.Read(ref _leftOut);

    /// <summary>Before a block of so many <paramref name="frames"/> of the ring: how many there are too many, now that this is certain and a block can be faded over them; mostly 0.</summary>
    [RealtimeSafe]
    public int Observe(int frames)
    {
        int fill = _ring.Reader.ReadableFrames;
        (_least, _most, _seconds) = (Math.Min(_least, fill), Math.Max(_most, fill), _seconds + ((double)frames / _ring.Rate));
        if (_seconds < WindowSeconds)
        {
            return 0;
        }

        int surplus = _most > _ring.CapacityFrames / 8 * 7 ? 0 : _least - _depth;
        Begin();
        return surplus > Math.Max(_allowed, frames) ? surplus : 0;
    }

    /// <summary>Forgets what was observed.</summary>
    [RealtimeSafe]
    public void Begin() => (_least, _most, _seconds) = (int.MaxValue, 0, 0);

    /// <summary>Fades from the frames just read into <paramref name="block"/> to those that come <paramref name="frames"/> later. False where these are too few for that.</summary>
    [RealtimeSafe]
    public bool LeaveOut(in BlockView block, int frames)
    {
        FrameRingReader reader = _ring.Reader;
        frames = Math.Min(frames, reader.ReadableFrames);
        if (frames < block.Frames)
        {
            return false;
        }

        float** planes = (float**)_planes.Start;
        reader.Skip(frames - block.Frames);
        int read = reader.ReadPlanar(planes, block.ChannelCount, 0, block.Frames, out _);
        for (int channel = 0; channel < block.ChannelCount; channel++)
        {
            Span<float> samples = block.Channel(channel);
            GainRamp.Apply(samples, 1, 0);
            GainRamp.AddRamped(new ReadOnlySpan<float>(planes[channel], read), 0, 1, samples);
        }

        Volatile.Write(ref _leftOut, _leftOut + frames);
        return true;
    }
}
