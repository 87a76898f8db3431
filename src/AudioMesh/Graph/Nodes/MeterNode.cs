// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Passes sound on and measures it; says so where it goes over a limit.</summary>
public sealed class MeterNode : GraphNode
{
    /// <summary>Falls by 20 dB, or a factor of ten, a second.</summary>
    private const double PeakFallPerSecond = 2.302585092994046;

    private const double RmsSeconds = 0.3;
    private const float Loudest = 1e6f;

    private readonly TruePeakMeter[] _meters;
    private readonly float[] _peaks;
    private readonly float[] _truePeaks;
    private readonly float[] _meanSquares;
    private readonly long[] _overFrames;
    private readonly RampedParameter _limit;

    private MeterNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), arguments.Integer("channels"))
    {
        _meters = new TruePeakMeter[OutputChannels];
        for (int channel = 0; channel < OutputChannels; channel++)
        {
            _meters[channel] = new TruePeakMeter();
        }

        _peaks = new float[OutputChannels];
        _truePeaks = new float[OutputChannels];
        _meanSquares = new float[OutputChannels];
        _overFrames = new long[OutputChannels];
        _limit = new RampedParameter(arguments.Number("limit_db"), db => Decibels.ToGain(db));
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "meter",
        "Passes sound on and measures it: peaks falling 20 dB/s, RMS over 300 ms.",
        [
            ChannelCounts.Parameter(2),
            new("limit_db", ParameterKind.Number, "True peak above which an event tells of it, once until it is below for a second.") { Default = 0, Min = -120, Max = 48, Unit = "dB", IsLive = true },
            new("peak_db", ParameterKind.Text, "Peak level of each channel in dB, separated by spaces.") { IsReadOnly = true, Unit = "dB" },
            new("true_peak_db", ParameterKind.Text, "True peak level of each channel, between the samples too, in dB.") { IsReadOnly = true, Unit = "dB" },
            new("rms_db", ParameterKind.Text, "RMS level of each channel in dB, separated by spaces.") { IsReadOnly = true, Unit = "dB" },
        ],
        arguments => new MeterNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        double seconds = (double)output.Frames / context.Rate;
        float fall = (float)Math.Exp(-PeakFallPerSecond * seconds);
        float weight = (float)(1 - Math.Exp(-seconds / RmsSeconds));
        float limit = (float)_limit.Advance(output.Frames, out _);
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            Span<float> samples = input.Channel(channel);
            samples.CopyTo(output.Channel(channel));
            float rms = Sane(Rms.Measure(samples));
            float truePeak = Sane(_meters[channel].Measure(samples));
            Volatile.Write(ref _peaks[channel], Math.Max(Sane(Peak.Measure(samples)), _peaks[channel] * fall));
            Volatile.Write(ref _truePeaks[channel], Math.Max(truePeak, _truePeaks[channel] * fall));
            Volatile.Write(ref _meanSquares[channel], _meanSquares[channel] + (((rms * rms) - _meanSquares[channel]) * weight));
            Judge(context, channel, truePeak, limit);
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "limit_db" ? _limit : null;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "channels" => OutputChannels,
        "peak_db" => Text(_peaks, peak => peak),
        "true_peak_db" => Text(_truePeaks, peak => peak),
        "rms_db" => Text(_meanSquares, MathF.Sqrt),
        _ => base.Get(parameter),
    };

    [RealtimeSafe]
    private void Judge(in RenderContext context, int channel, float truePeak, float limit)
    {
        if (truePeak <= limit)
        {
            _overFrames[channel] = Math.Max(0, _overFrames[channel] - context.Frames);
            return;
        }

        if (_overFrames[channel] == 0)
        {
            long centibels = (long)Math.Round(2000 * Math.Log10(truePeak));
            context.Events.TryPush(new RenderEvent(RenderEventKind.Over, RenderCause.None, Id, context.OutputTime, centibels, channel));
        }

        _overFrames[channel] = context.Rate;
    }

    // What is no number is not heard of again when it has passed.
    [RealtimeSafe]
    private static float Sane(float level) => level <= Loudest ? level : float.IsNaN(level) ? 0 : Loudest;

    private static string Text(float[] values, Func<float, float> toAmplitude) =>
        string.Join(' ', Array.ConvertAll(values, value => Level(toAmplitude(value))));

    private static string Level(float amplitude) => Decibels.FromGain(amplitude).ToString("0.0", CultureInfo.InvariantCulture);
}
