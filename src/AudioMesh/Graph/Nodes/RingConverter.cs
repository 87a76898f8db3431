// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Between a ring and the graph, where their rates or clocks differ: a resampler, and room for a block of the ring's frames.</summary>
internal sealed unsafe class RingConverter
{
    private const int RoomFrames = GraphFormat.MaxBlockFrames;

    private readonly Resampler _resampler;
    private readonly AlignedArray<float> _samples;
    private readonly AlignedArray<nint> _planes;
    private readonly AlignedArray<nint> _rest;
    private readonly double _ratio;
    private readonly int _fromRate;
    private readonly int _channels;
    private double _place;

    /// <summary>From one rate to the other, which may be the same where a clock is followed.</summary>
    public RingConverter(int channels, int fromRate, int toRate, bool isLinear, bool followsClock)
    {
        ResamplerOptions options = new()
        {
            FromRate = fromRate,
            ToRate = toRate,
            Quality = isLinear ? ResamplerQuality.Linear : followsClock && fromRate == toRate ? ResamplerQuality.Drift : ResamplerQuality.Best,
        };
        _ratio = options.Ratio;
        if (followsClock)
        {
            options = options with { LowestRatio = _ratio * (1 - FillLoop.Most), HighestRatio = _ratio * (1 + FillLoop.Most) };
        }

        _fromRate = fromRate;
        _channels = channels;
        _resampler = new Resampler(new ResamplerFilter(options), channels);
        _samples = new AlignedArray<float>(channels * RoomFrames);
        _planes = new AlignedArray<nint>(channels);
        _rest = new AlignedArray<nint>(channels);
        for (int channel = 0; channel < channels; channel++)
        {
            _planes.Start[channel] = (nint)(_samples.Start + (channel * RoomFrames));
        }
    }

    /// <summary>How late sound comes out, in frames that go in.</summary>
    public int LatencyFrames => _resampler.LatencyFrames;

    /// <summary>Frames out for a frame in, against those of the two rates.</summary>
    [RealtimeSafe]
    public double Stretch
    {
        set => _resampler.Ratio = _ratio * value;
    }

    /// <summary>Makes <paramref name="output"/> whole of as much as that needs from <paramref name="intake"/>; what was said of any of it.</summary>
    [RealtimeSafe]
    public FrameFlags Fill(in RenderContext context, RingIntake intake, in BlockView output)
    {
        float** planes = (float**)_planes.Start;
        FrameFlags flags = FrameFlags.None;
        for (int made = 0; made < output.Frames;)
        {
            int needed = Math.Min(_resampler.InputFramesFor(output.Frames - made), RoomFrames);
            if (needed > 0)
            {
                flags |= intake.Read(context, new BlockView(planes, _channels, needed, FrameFlags.None));
            }

            made += _resampler.Process(planes, needed, Rest(output.Channels, made), output.Frames - made, out _);
        }

        return flags & ~FrameFlags.Silence;
    }

    /// <summary>Writes what becomes of <paramref name="input"/>; returns how many frames the ring had no room for.</summary>
    [RealtimeSafe]
    public int Write(in RenderContext context, in BlockView input, FrameRingWriter writer, FrameFlags flags)
    {
        float** planes = (float**)_planes.Start;
        int refused = 0;
        for (int used = 0; used < input.Frames;)
        {
            int made = _resampler.Process(Rest(input.Channels, used), input.Frames - used, planes, RoomFrames, out int consumed);
            double late = (_place - _resampler.LatencyFrames) / _fromRate;
            int written = writer.WritePlanar(planes, 0, made, context.OutputTime.Add((long)(late * 1e9)), refused > 0 ? flags | FrameFlags.Discontinuity : flags);
            flags = written > 0 ? flags & ~FrameFlags.Discontinuity : flags;
            refused += made - written;
            used += consumed;
            _place += made / _resampler.Ratio;
        }

        _place -= input.Frames;
        return refused;
    }

    [RealtimeSafe]
    private float** Rest(float** planes, int frames)
    {
        float** rest = (float**)_rest.Start;
        for (int channel = 0; channel < _channels; channel++)
        {
            rest[channel] = planes[channel] + frames;
        }

        return rest;
    }
}
