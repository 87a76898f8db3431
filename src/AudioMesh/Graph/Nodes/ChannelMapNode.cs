// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Puts channels in another order, leaves some out, adds some up.</summary>
public sealed class ChannelMapNode : GraphNode
{
    private readonly string _map;
    private readonly int[][] _routes;

    private ChannelMapNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("inputs"), arguments.Integer("channels"))
    {
        _map = arguments.Text("map");
        _routes = ChannelRoutes.Parse(_map, InputChannels, OutputChannels);
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "channel_map",
        "Puts channels in another order, leaves some out, adds some up.",
        [
            new("inputs", ParameterKind.Integer, "Channels that go in.") { Default = 2, Min = 1, Max = ChannelCounts.Max },
            new("channels", ParameterKind.Integer, "Channels that come out.") { Default = 2, Min = 1, Max = ChannelCounts.Max },
            new("map", ParameterKind.Text, "For each channel that comes out, which go in, from 0: 1,0 swaps two, 0+1,- adds them up on the first. Empty: each to its own.") { Default = "" },
        ],
        arguments => new ChannelMapNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            Span<float> samples = output.Channel(channel);
            int[] sources = _routes[channel];
            if (sources.Length == 0)
            {
                samples.Clear();
                continue;
            }

            input.Channel(sources[0]).CopyTo(samples);
            for (int i = 1; i < sources.Length; i++)
            {
                Mix.Add(input.Channel(sources[i]), samples);
            }
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "inputs" => InputChannels,
        "channels" => OutputChannels,
        "map" => _map,
        _ => null,
    };
}
