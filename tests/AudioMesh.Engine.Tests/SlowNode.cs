// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine.Tests;

/// <summary>A source that takes 5 ms a block.</summary>
internal sealed class SlowNode : GraphNode
{
    private SlowNode()
        : base(NodeType, 0, 1)
    {
    }

    public static NodeType NodeType { get; } = new("slow", "Takes 5 ms a block.", [], _ => new SlowNode());

    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < 5)
        {
        }

        output.Channel(0).Clear();
        return FrameFlags.None;
    }
}
