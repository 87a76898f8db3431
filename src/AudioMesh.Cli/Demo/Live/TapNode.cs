// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>Passes sound on and keeps it.</summary>
internal sealed unsafe class TapNode : GraphNode
{
    private readonly SoundLog _log;

    private TapNode(NodeType type, int channels, SoundLog log)
        : base(type, channels, channels) => _log = log;

    /// <summary>Nodes of <paramref name="channels"/> that keep what they hear in <paramref name="log"/>.</summary>
    public static NodeType CreateType(string name, int channels, SoundLog log)
    {
        NodeType? type = null;
        return type = new NodeType(name, "Passes sound on and keeps it.", [], _ => new TapNode(type!, channels, log));
    }

    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            input.Channel(channel).CopyTo(output.Channel(channel));
        }

        _log.Add(input.Channels, input.ChannelCount, input.Frames, context.OutputTime);
        return input.Flags;
    }
}
