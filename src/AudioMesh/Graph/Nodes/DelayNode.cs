// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Sound, later. A change fades from the old delay to the new one, so that nothing is heard of the way between.</summary>
public sealed class DelayNode : GraphNode
{
    private const double MostMs = 60_000;

    private readonly double _longestMs;
    private readonly float[] _faded = new float[GraphFormat.MaxBlockFrames];
    private readonly DelayLine[] _lines;
    private readonly DelayTime _time;
    private readonly SilentTail _tail = new();
    private int _rate;
    private int _present;
    private int _next;

    private DelayNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), arguments.Integer("channels"))
    {
        _longestMs = arguments.Number("longest");
        _time = new DelayTime(arguments.Number("ms"), _longestMs);
        _lines = new DelayLine[OutputChannels];
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "delay",
        "Sound, later; whole frames. A change fades over in 5 ms.",
        [
            new("ms", ParameterKind.Number, "How much later.") { Default = 0, Min = 0, Max = MostMs, Unit = "ms", IsLive = true },
            new("longest", ParameterKind.Number, "The most it can be set to.") { Default = 1000, Min = 0, Max = MostMs, Unit = "ms" },
            ChannelCounts.Parameter(2),
        ],
        arguments => new DelayNode(arguments));

    /// <inheritdoc/>
    public override int LatencyFrames => Frames(_time.Value);

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        if (format.Rate != _rate)
        {
            _rate = format.Rate;
            for (int channel = 0; channel < OutputChannels; channel++)
            {
                _lines[channel] = new DelayLine(Frames(_longestMs));
            }
        }

        _present = _next = Frames(_time.Settle());
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        if (_time.TryTake(out double ms))
        {
            _next = Frames(ms);
        }

        bool fades = _next != _present;
        Span<float> next = _faded.AsSpan(0, output.Frames);
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            _lines[channel].Process(input.Channel(channel), output.Channel(channel), _present);
            if (fades)
            {
                _lines[channel].Again(next, _next);
                FadeOver(output.Channel(channel), next);
            }
        }

        if (_time.Advance(output.Frames))
        {
            _present = _next;
        }

        return _tail.After(input.Flags, output.Frames, Math.Max(_present, _next));
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "ms" ? _time : null;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "longest" => _longestMs,
        "channels" => OutputChannels,
        _ => base.Get(parameter),
    };

    [RealtimeSafe]
    private void FadeOver(Span<float> samples, ReadOnlySpan<float> next)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] += _time.ShareAt(i) * (next[i] - samples[i]);
        }
    }

    [RealtimeSafe]
    private int Frames(double ms) => (int)Math.Round(ms * _rate / 1000);
}
