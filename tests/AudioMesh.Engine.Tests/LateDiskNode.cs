// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine.Tests;

/// <summary>Holds the worker thread up for as long as a test says, as a disk that does not answer does.</summary>
internal sealed class LateDiskNode : GraphNode, IBackgroundWork
{
    private readonly ManualResetEventSlim _mayGoOn = new(true);
    private readonly ManualResetEventSlim _isWaiting = new();

    private LateDiskNode()
        : base(NodeType, 0, 1)
    {
    }

    public static NodeType NodeType { get; } = new("late_disk", "Holds the worker thread up.", [], _ => new LateDiskNode());

    public override IBackgroundWork Background => this;

    public bool IsPrimed => true;

    /// <summary>When this returns, no work is done for any node.</summary>
    public void HoldUp()
    {
        _isWaiting.Reset();
        _mayGoOn.Reset();
        _isWaiting.Wait();
    }

    public void GoOn() => _mayGoOn.Set();

    public void Work()
    {
        if (!_mayGoOn.IsSet)
        {
            _isWaiting.Set();
            _mayGoOn.Wait();
        }
    }

    public AudioMeshException? TakeFailure() => null;

    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        output.Channel(0).Clear();
        return FrameFlags.None;
    }

    protected override void Dispose(bool disposing)
    {
        GoOn();
        base.Dispose(disposing);
    }
}
