// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// What the device records. While the device is lost its sound goes on as predicted, until that has faded. Models are trained at the moment of the loss
/// and not before.
/// </summary>
public sealed class DeviceSourceNode : DeviceNode
{
    /// <summary>Up to here training at a loss takes no longer with the best profile than a holdover takes to begin.</summary>
    private const int FewChannels = 8;

    private readonly GapFiller _gaps;
    private int _rate;

    private DeviceSourceNode(NodeArguments arguments)
        : base(NodeType, arguments, plays: false) => _gaps = new GapFiller(OutputChannels, predicts: true);

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "device_source",
        "What the device records. Where the device is lost, what the sound before foretells.",
        [
            .. Parameters,
            new("underruns", ParameterKind.Integer, "How often the device was lost.") { IsReadOnly = true },
            new("underrun_frames", ParameterKind.Integer, "Frames for which it was.") { IsReadOnly = true, Unit = "frames" },
            new("predicted_frames", ParameterKind.Integer, "Frames of these that prediction made audible.") { IsReadOnly = true, Unit = "frames" },
        ],
        arguments => new DeviceSourceNode(arguments));

    /// <inheritdoc/>
    public override GapFiller Gaps => _gaps;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        _rate = format.Rate;
        _gaps.Prepare(_rate, OutputChannels <= FewChannels ? ConcealmentProfile.Hq : ConcealmentProfile.Default);
        _gaps.Concealer!.IsArmed = false;
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        bool isLost = context.Device.IsLost && context.Device.InputChannels > 0;
        if (!isLost)
        {
            Read(context, output);
        }

        FrameFlags flags = _gaps.Process(output, isLost ? 0 : output.Frames);
        if (_gaps.IsOverdue(_rate))
        {
            Report(context);
        }

        return flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "underruns" => _gaps.Gaps,
        "underrun_frames" => _gaps.MissingFrames,
        "predicted_frames" => _gaps.PredictedFrames,
        _ => base.Get(parameter),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _gaps.Dispose();
        base.Dispose(disposing);
    }

    [RealtimeSafe]
    private void Read(in RenderContext context, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            context.Device.Read(First + channel, output.Channel(channel));
        }

        if (_gaps.IsGap)
        {
            _gaps.Concealer!.IsArmed = false;
            Report(context);
        }
    }

    [RealtimeSafe]
    private void Report(in RenderContext context) => context.Events.TryPush(new RenderEvent(
        RenderEventKind.Underrun, RenderCause.Device, Id, context.OutputTime, _gaps.GapFrames, 0, _gaps.GapPredictedFrames));
}
