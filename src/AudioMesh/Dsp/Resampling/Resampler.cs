// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// Changes a stream's rate: by a fixed ratio, or by one that may change before every block without a click, as the correction of clock drift
/// needs it. The result does not depend on how the stream is cut into blocks. One thread at a time; allocates nothing after construction.
/// </summary>
public sealed unsafe class Resampler
{
    private const int BlockFrames = 1024;
    private const int FadeFrames = 64;

    private readonly ResamplerFilter _filter;
    private readonly ResamplerLanes _lanes;
    private readonly AlignedArray<float> _faded;
    private readonly int _channels;
    private readonly int _window;
    private readonly int _doubling;
    private readonly bool _skipsLatency;
    private FramePosition _position;
    private FramePosition _step;
    private double _ratio;
    private int _filled;
    private int _end;
    private int _bank;
    private int _fadedBank;
    private int _fadeLeft;

    /// <summary>
    /// A resampler of 1 to 1024 channels, with silence before the stream's first frame. Unless it skips its latency, it makes frames from the first input
    /// frame on, and the stream comes <see cref="LatencyFrames"/> late. If it does, the first frame out is the first frame in, and comes
    /// when as many more have gone in: for files.
    /// </summary>
    public Resampler(ResamplerFilter filter, int channels, bool skipsLatency = false)
    {
        if (channels is < 1 or > 1024)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A resampler of {channels} channels; allowed: 1..1024.")
            {
                Field = nameof(channels),
                Allowed = "1..1024",
            };
        }

        _filter = filter;
        _channels = channels;
        _skipsLatency = skipsLatency;
        _window = filter.WindowFrames;
        _doubling = filter.Doubling;
        int capacity = ((4 * _window) + (_doubling * BlockFrames) + 15) / 16 * 16;
        _lanes = filter.Options.Precision == ResamplerPrecision.Single
            ? new ResamplerLanes<float>(channels, capacity, filter.Single)
            : new ResamplerLanes<double>(channels, capacity, filter.Double);
        _faded = new AlignedArray<float>(channels * FadeFrames);
        Reset();
    }

    /// <summary>The delay from a frame that goes in to the same sound coming out, in input frames; see the constructor for who waits.</summary>
    public int LatencyFrames => _filter.LatencyFrames;

    /// <summary>
    /// Output frames per input frame, from the next frame made on; beyond the filter's range it is the range's end, and what is no number changes
    /// nothing. What the lower rate cannot carry fades over 64 frames where the filter must change.
    /// </summary>
    [RealtimeSafe]
    public double Ratio
    {
        get => _ratio;
        set
        {
            ResamplerOptions options = _filter.Options;
            if (!options.IsFixed && !double.IsNaN(value))
            {
                _ratio = value < options.LowestRatio ? options.LowestRatio : value > options.HighestRatio ? options.HighestRatio : value;
                _step = FramePosition.StepOf(_doubling / _ratio);
            }
        }
    }

    /// <summary>Input frames that must still come before <paramref name="outputFrames"/> can be made.</summary>
    [RealtimeSafe]
    public int InputFramesFor(int outputFrames) => outputFrames <= 0
        ? 0
        : Math.Max(0, (_position.After(_step, outputFrames - 1).Frame + _window + _doubling - _filled) / _doubling);

    /// <summary>Output frames that can be made when <paramref name="inputFrames"/> more have come.</summary>
    [RealtimeSafe]
    public int OutputFramesFor(int inputFrames) => _position.CountBefore(_filled + (_doubling * inputFrames) - _window, _step);

    /// <summary>
    /// Makes as many frames as there is input and room for, and returns how many; takes no more input than they need. One plane for each channel,
    /// input and output apart.
    /// </summary>
    [RealtimeSafe]
    public int Process(float** input, int inputFrames, float** output, int outputFrames, out int consumedFrames) =>
        Run(new ChannelPlanes(input), inputFrames, new ChannelPlanes(output), outputFrames, out consumedFrames);

    /// <summary>The same for interleaved frames.</summary>
    [RealtimeSafe]
    public int Process(ReadOnlySpan<float> input, Span<float> output, out int consumedFrames)
    {
        fixed (float* from = input, to = output)
        {
            return Run(
                new ChannelPlanes(from, _channels), input.Length / _channels, new ChannelPlanes(to, _channels), output.Length / _channels, out consumedFrames);
        }
    }

    /// <summary>Makes frames of the stream's end, after which silence follows, until it returns 0. Afterwards only <see cref="Reset"/> goes on.</summary>
    [RealtimeSafe]
    public int Flush(float** output, int outputFrames) => Flush(new ChannelPlanes(output), outputFrames);

    /// <summary>The same for interleaved frames.</summary>
    [RealtimeSafe]
    public int Flush(Span<float> output)
    {
        fixed (float* to = output)
        {
            return Flush(new ChannelPlanes(to, _channels), output.Length / _channels);
        }
    }

    /// <summary>Forgets the stream, and begins another at the first ratio.</summary>
    [RealtimeSafe]
    public void Reset()
    {
        _lanes.Clear();
        _ratio = _filter.Options.Ratio;
        _step = _filter.Step;
        _bank = _filter.BankFor(_ratio);
        _fadeLeft = 0;
        _end = -1;
        _filled = 2 * _window;
        _position = new FramePosition(_window + (_skipsLatency ? _doubling * LatencyFrames : 0), 0);
    }

    private int Flush(ChannelPlanes output, int outputFrames)
    {
        _end = _end < 0 ? _filled + (_doubling * LatencyFrames) - _window : _end;
        int frames = Math.Min(outputFrames, _position.CountBefore(_end, _step));
        return Run(default, LatencyFrames + 1, output, frames, out _);
    }

    private int Run(ChannelPlanes input, int inputFrames, ChannelPlanes output, int outputFrames, out int consumedFrames)
    {
        int made = 0;
        consumedFrames = 0;
        while (true)
        {
            int frames = Math.Min(OutputFramesFor(0), outputFrames - made);
            Render(output, made, frames);
            made += frames;
            int wanted = Math.Min(InputFramesFor(outputFrames - made), inputFrames - consumedFrames);
            if (wanted <= 0)
            {
                return made;
            }

            int taken = Math.Min(wanted, Room() / _doubling);
            _lanes.Write(input, consumedFrames, _filled, taken);
            _filled += taken * _doubling;
            consumedFrames += taken;
        }
    }

    // A full memory holds more than a window, because everything that could be made of it has been.
    private int Room()
    {
        int spent = Math.Min(_filled, _position.Frame - _window + 1);
        if (_lanes.CapacityFrames - _filled < _doubling)
        {
            _lanes.MoveToStart(spent, _filled - spent);
            _filled -= spent;
            _end = _end < 0 ? _end : _end - spent;
            _position = _position with { Frame = _position.Frame - spent };
        }

        return _lanes.CapacityFrames - _filled;
    }

    private void Render(ChannelPlanes output, int at, int frames)
    {
        while (frames > 0)
        {
            int bank = _filter.BankFor(_ratio);
            if (_fadeLeft == 0 && bank != _bank)
            {
                _fadedBank = _bank;
                _bank = bank;
                _fadeLeft = FadeFrames;
            }

            int part = _fadeLeft > 0 ? Math.Min(frames, _fadeLeft) : frames;
            _lanes.Render(_bank, _position, _step, output, at, part);
            FadeOver(output, at, part);
            _position = _position.After(_step, part);
            at += part;
            frames -= part;
        }
    }

    private void FadeOver(ChannelPlanes output, int at, int frames)
    {
        if (_fadeLeft == 0)
        {
            return;
        }

        ChannelPlanes faded = new(_faded.Start, _channels);
        _lanes.Render(_fadedBank, _position, _step, faded, 0, frames);
        for (int frame = 0; frame < frames; frame++, _fadeLeft--)
        {
            float share = (float)_fadeLeft / (FadeFrames + 1);
            for (int channel = 0; channel < _channels; channel++)
            {
                float* sample = output.At(channel, at + frame);
                *sample += share * (*faded.At(channel, frame) - *sample);
            }
        }
    }
}
