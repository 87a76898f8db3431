// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Passes sound on and measures it.</summary>
public sealed class MeterNode : GraphNode
{
    private readonly float[] _peaks;
    private readonly float[] _meanSquares;
    private float _peakDecay = 1;
    private float _meanSquareWeight = 1;

    private MeterNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), arguments.Integer("channels"))
    {
        _peaks = new float[OutputChannels];
        _meanSquares = new float[OutputChannels];
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "meter",
        "Passes sound on and measures it: peak falling 20 dB/s, RMS over 300 ms.",
        [
            ChannelCounts.Parameter(2),
            new("peak_db", ParameterKind.Text, "Peak level of each channel in dB, separated by spaces.") { IsReadOnly = true, Unit = "dB" },
            new("rms_db", ParameterKind.Text, "RMS level of each channel in dB, separated by spaces.") { IsReadOnly = true, Unit = "dB" },
        ],
        arguments => new MeterNode(arguments));

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        int block = Math.Min(format.PeriodFrames, GraphFormat.MaxBlockFrames);
        double seconds = (double)block / format.Rate;
        _peakDecay = (float)Math.Pow(10, -20 * seconds / 20);
        _meanSquareWeight = (float)(1 - Math.Exp(-seconds / 0.3));
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            Span<float> samples = input.Channel(channel);
            samples.CopyTo(output.Channel(channel));
            float rms = Rms.Measure(samples);
            Volatile.Write(ref _peaks[channel], Math.Max(Peak.Measure(samples), _peaks[channel] * _peakDecay));
            Volatile.Write(ref _meanSquares[channel], _meanSquares[channel] + (((rms * rms) - _meanSquares[channel]) * _meanSquareWeight));
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "channels" => OutputChannels,
        "peak_db" => Text(_peaks, peak => peak),
        "rms_db" => Text(_meanSquares, MathF.Sqrt),
        _ => null,
    };

    private static string Text(float[] values, Func<float, float> toAmplitude) =>
        string.Join(' ', Array.ConvertAll(values, value => Level(toAmplitude(value))));

    private static string Level(float amplitude) => Decibels.FromGain(amplitude).ToString("0.0", CultureInfo.InvariantCulture);
}
