// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Parts the graph into two rates: the side that the device is not on runs at the node's rate, and sound is converted on its way through. Where the device
/// is on neither side, what comes before does; where it is on both, sound passes unchanged.
/// </summary>
public sealed class ResampleNode : GraphNode, IRateChanger
{
    private readonly int _rate;
    private readonly ResamplerQuality _quality;
    private BlockResampler? _resampler;
    private int _rateBefore;
    private int _rateAfter;

    private ResampleNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), arguments.Integer("channels"))
    {
        _rate = arguments.Integer("rate");
        _quality = ResampleQualities.Of(arguments);
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "resample",
        "Lets the side of the graph that the device is not on run at another rate, and converts between both.",
        [
            new("rate", ParameterKind.Integer, "Frames per second of that side; where the device is on neither, of what comes in.") { Min = 8000, Max = 384000, Unit = "Hz" },
            ResampleQualities.Parameter("high"),
            ChannelCounts.Parameter(2),
            new("before", ParameterKind.Integer, "Frames per second that come in; 0 before a device is open.") { IsReadOnly = true, Unit = "Hz" },
            new("after", ParameterKind.Integer, "Frames per second that come out; 0 before a device is open.") { IsReadOnly = true, Unit = "Hz" },
        ],
        arguments => new ResampleNode(arguments));

    /// <inheritdoc/>
    int IRateChanger.Rate => _rate;

    /// <inheritdoc/>
    public override int LatencyFrames => _resampler?.LatencyFrames ?? 0;

    /// <inheritdoc/>
    void IRateChanger.Prepare(GraphFormat before, GraphFormat after)
    {
        if ((_rateBefore, _rateAfter) == (before.Rate, after.Rate))
        {
            return;
        }

        _resampler = before.Rate == after.Rate ? null : new BlockResampler(before.Rate, after.Rate, _quality, InputChannels);
        Volatile.Write(ref _rateBefore, before.Rate);
        Volatile.Write(ref _rateAfter, after.Rate);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        if (_resampler is { } resampler)
        {
            return resampler.Process(input, output);
        }

        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            input.Channel(channel).CopyTo(output.Channel(channel));
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "rate" => _rate,
        "quality" => ResampleQualities.TextOf(_quality),
        "channels" => OutputChannels,
        "before" => Volatile.Read(ref _rateBefore),
        "after" => Volatile.Read(ref _rateAfter),
        _ => null,
    };
}
