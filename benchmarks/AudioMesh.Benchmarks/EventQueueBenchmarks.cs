// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Realtime;
using BenchmarkDotNet.Attributes;

namespace AudioMesh.Benchmarks;

/// <summary>An event from the render side to the control side, with nobody else at the queue.</summary>
public class EventQueueBenchmarks
{
    private readonly EventQueue<RenderEvent> _queue = new(1024);
    private readonly EventQueue<RenderEvent> _full = new(2);
    private readonly RenderEvent _event = new(RenderEventKind.Missed, RenderCause.Device, 1, MeshTime.Unknown, 64);

    [GlobalSetup]
    public void SetUp()
    {
        while (_full.TryPush(_event))
        {
        }
    }

    [Benchmark]
    public void PushAndPop()
    {
        _queue.TryPush(_event);
        _queue.TryPop(out _);
    }

    [Benchmark]
    public void PushWhenFull() => _full.TryPush(_event);
}
