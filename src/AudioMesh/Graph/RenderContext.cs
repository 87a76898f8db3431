// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>What a node is told of the block it renders.</summary>
/// <param name="frames">Frames to render.</param>
/// <param name="position">Position of the first, in frames since the engine's creation.</param>
/// <param name="outputTime">When the first leaves the device.</param>
/// <param name="device">The device's side of the block.</param>
/// <param name="events">Where to report; drops and counts when full.</param>
/// <param name="rate">Frames per second.</param>
/// <param name="budgetNs">How long one node may take for the block; more than any takes where that does not matter.</param>
[RealtimeSafe]
public readonly ref struct RenderContext(
    int frames, FrameCount position, MeshTime outputTime, DevicePorts device, EventQueue<RenderEvent> events, int rate, long budgetNs = long.MaxValue)
{
    /// <summary>Frames to render.</summary>
    public readonly int Frames = frames;

    /// <summary>Position of the first, in frames since the engine's creation.</summary>
    public readonly FrameCount Position = position;

    /// <summary>When the first leaves the device.</summary>
    public readonly MeshTime OutputTime = outputTime;

    /// <summary>The device's side of the block.</summary>
    public readonly DevicePorts Device = device;

    /// <summary>Where to report.</summary>
    public readonly EventQueue<RenderEvent> Events = events;

    /// <summary>Frames per second.</summary>
    public readonly int Rate = rate;

    /// <summary>How long one node may take for the block, in nanoseconds.</summary>
    public readonly long BudgetNs = budgetNs;

    /// <summary>A part of the block, as if it were one.</summary>
    /// <param name="start">Its first frame.</param>
    /// <param name="count">Its frames.</param>
    public RenderContext Part(int start, int count)
    {
        MeshTime time = OutputTime.Add(new FrameCount(start).ToNanoseconds(Rate));
        return new RenderContext(count, new FrameCount(Position.Value + start), time, Device, Events, Rate, BudgetNs);
    }
}
