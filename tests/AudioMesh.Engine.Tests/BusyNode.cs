// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine.Tests;

/// <summary>Halves what comes to it, and takes its time for that: by working, or by standing still.</summary>
internal sealed class BusyNode : GraphNode
{
    private readonly bool _works;

    private BusyNode(NodeType type, bool works)
        : base(type, 1, 1) => _works = works;

    public static NodeType Working { get; } = new("busy", "Works for some ms a block.", [], _ => new BusyNode(Working!, works: true));

    public static NodeType Stalled { get; } = new("stalled", "Stands still for some ms a block.", [], _ => new BusyNode(Stalled!, works: false));

    public static int Milliseconds { get; set; } = 5;

    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        long begin = Stopwatch.GetTimestamp();
        if (!_works)
        {
            DeadlineTimer.WaitUntil(MeshClock.Now.Add(2_000_000));
        }

        while (_works && Stopwatch.GetElapsedTime(begin).TotalMilliseconds < Milliseconds)
        {
        }

        for (int i = 0; i < output.Frames; i++)
        {
            output.Channel(0)[i] = input.Channel(0)[i] / 2;
        }

        return FrameFlags.None;
    }
}
