// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Turns the blocks of one rate into those of another, of which both are as long as the same time makes them: each is up to a frame off, so a few frames are
/// kept in reserve.
/// </summary>
internal sealed unsafe class BlockResampler
{
    /// <summary>Both sides count whole frames: the sound may be two behind, and the next frame out may need one more than that.</summary>
    private const int ReserveFrames = 4;

    private const int RoomFrames = GraphFormat.MaxBlockFrames + (4 * ReserveFrames);

    private readonly Resampler _resampler;
    private readonly AlignedArray<float> _held;
    private readonly AlignedArray<nint> _planes;
    private readonly SilentTail _tail = new();
    private readonly int _channels;
    private int _heldFrames = ReserveFrames;

    /// <summary>Makes one; takes milliseconds. Control side.</summary>
    public BlockResampler(int rateBefore, int rateAfter, ResamplerQuality quality, int channels)
    {
        ResamplerFilter filter = new(new ResamplerOptions { FromRate = rateBefore, ToRate = rateAfter, Quality = quality });
        _resampler = new Resampler(filter, channels);
        _channels = channels;
        _held = new AlignedArray<float>(channels * RoomFrames);
        _planes = new AlignedArray<nint>(channels);
        for (int channel = 0; channel < channels; channel++)
        {
            _planes.Start[channel] = (nint)(_held.Start + (channel * RoomFrames));
        }

        LatencyFrames = (int)Math.Round((filter.LatencyFrames + ReserveFrames) * (double)rateAfter / rateBefore);
    }

    /// <summary>Frames of the output from what comes in to the same sound coming out.</summary>
    public int LatencyFrames { get; }

    /// <summary>Fills <paramref name="output"/>. Device thread.</summary>
    [RealtimeSafe]
    public FrameFlags Process(in BlockView input, in BlockView output)
    {
        float** planes = (float**)_planes.Start;
        int taken = Math.Min(input.Frames, RoomFrames - _heldFrames);
        for (int channel = 0; channel < _channels; channel++)
        {
            input.Channel(channel)[..taken].CopyTo(new Span<float>(planes[channel] + _heldFrames, taken));
        }

        _heldFrames += taken;
        int made = _resampler.Process(planes, _heldFrames, output.Channels, output.Frames, out int consumed);
        _heldFrames -= consumed;
        for (int channel = 0; channel < _channels; channel++)
        {
            new Span<float>(planes[channel] + consumed, _heldFrames).CopyTo(new Span<float>(planes[channel], _heldFrames));
            output.Channel(channel)[made..].Clear();
        }

        return _tail.After(input.Flags, output.Frames, 2 * LatencyFrames);
    }
}
