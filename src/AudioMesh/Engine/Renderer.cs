// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>Walks the committed plan once per period and keeps account of time. One device thread at a time renders.</summary>
public sealed unsafe class Renderer : IDisposable
{
    private readonly DevicePorts _ports = new();
    private readonly Reclaimer _reclaimer = new(64);
    private readonly OutputFade _fade = new();
    private RenderPlan? _plan;
    private RenderPlan? _pending;
    private long _position;
    private int _isRendering;

    /// <summary>A renderer with nothing to render.</summary>
    public Renderer()
    {
        // The first use binds functions of the C library, which is not for the device thread.
        Denormals.Flush().Dispose();
        _ = ThreadWork.Nanoseconds;
    }

    /// <summary>Done before every block of a device that freewheels: such a device waits for files and models, it is not realtime.</summary>
    public Action? FreewheelWork { get; set; }

    /// <summary>The share of a period that one node may take; see <see cref="AudioEngineOptions.DeadlineBudget"/>.</summary>
    public double NodeBudget { get; init; } = 0.9;

    /// <summary>Told of every block before it is rendered.</summary>
    public IBlockClock? BlockClock { get; set; }

    /// <summary>Events of the render side, taken by the engine's pump; dropped and counted when full.</summary>
    public EventQueue<RenderEvent> Events { get; } = new(1024);

    /// <summary>What was measured.</summary>
    public RenderTelemetry Telemetry { get; } = new();

    /// <summary>Frames rendered since creation. Any thread.</summary>
    public FrameCount Position => new(Volatile.Read(ref _position));

    /// <summary>Whether what renders stands in for a device that is lost, or for one that is not connected again yet. Control side.</summary>
    public bool IsDeviceLost
    {
        get => _ports.IsLost;
        set => _ports.IsLost = value;
    }

    /// <summary>Fades the output; see <see cref="OutputFade"/>.</summary>
    public OutputFade Fade => _fade;

    /// <summary>Whether a committed plan still waits for the next period.</summary>
    public bool HasPending => Volatile.Read(ref _pending) is not null;

    /// <summary>Renders <paramref name="plan"/> from the next period on. Control side; waits for nothing. A plan still pending is disposed.</summary>
    public void Commit(RenderPlan plan) => Interlocked.Exchange(ref _pending, plan)?.Dispose();

    /// <summary>Takes a pending plan now. Control side, only while no device renders.</summary>
    public void TakePending() => SwapPlan();

    /// <summary>Disposes plans the device thread is done with. Control side.</summary>
    public void Collect() => _reclaimer.Collect();

    /// <summary>Renders one period. Silent when another thread is still at it, which happens when a hung device wakes up again.</summary>
    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        if (Interlocked.Exchange(ref _isRendering, 1) != 0)
        {
            return;
        }

        using Denormals.Scope denormals = Denormals.Flush();
        MeshTime begin = MeshClock.Now;
        SwapPlan();
        int rate = Telemetry.Begin(block, Events);
        RenderPieces(block, rate);
        Telemetry.End(block, begin, MeshClock.Now, Events);
        Volatile.Write(ref _isRendering, 0);
    }

    /// <summary>Frees both plans. Only when no device renders.</summary>
    public void Dispose()
    {
        _plan?.Dispose();
        _pending?.Dispose();
        _reclaimer.Collect();
    }

    [RealtimeSafe]
    private void RenderPieces(in DeviceBlock block, int rate)
    {
        int most = _plan?.BlockFrames ?? GraphFormat.MaxBlockFrames;
        for (int offset = 0; offset < block.Frames; offset += most)
        {
            if (block.Freewheeling)
            {
                FreewheelWork?.Invoke();
            }

            int frames = Math.Min(most, block.Frames - offset);
            MeshTime time = block.OutputTime.Add(new FrameCount(offset).ToNanoseconds(rate));
            _ports.Attach(block.Outputs, block.OutputChannels, block.Inputs, block.InputChannels, offset);
            _ports.AttachMidi(block.MidiInputs, block.MidiOutputs);
            BlockClock?.Begin(new FrameCount(_position), frames, time, rate);
            long budgetNs = block.Freewheeling ? long.MaxValue : (long)(NodeBudget * new FrameCount(frames).ToNanoseconds(rate));
            _plan?.Render(new RenderContext(frames, new FrameCount(_position), time, _ports, Events, rate, budgetNs));
            _fade.Apply(block, offset, frames);
            Telemetry.Placed(_position + frames, time.Add(new FrameCount(frames).ToNanoseconds(rate)));
            Volatile.Write(ref _position, _position + frames);
        }
    }

    [RealtimeSafe]
    private void SwapPlan()
    {
        if (Volatile.Read(ref _pending) is null)
        {
            return;
        }

        RenderPlan? old = _plan;
        if (old is not null && !_reclaimer.TryRetire(old))
        {
            return;
        }

        _plan = Interlocked.Exchange(ref _pending, null);
    }
}
