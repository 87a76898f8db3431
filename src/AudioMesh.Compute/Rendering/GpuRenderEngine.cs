// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// Renders periods ahead of their time on a GPU and never counts on it: what is not done when it must be, the processor renders by the same patch,
/// to the same bits. A GPU that is late too often is switched off and tried beside until it is in time again; one that is gone is opened anew.
/// Begin periods from one thread, which may be a device thread: fill <see cref="Inputs"/> and <see cref="Parameters"/>, call
/// <see cref="RenderToBuffer"/>. <c>docs/gpu-rendering.md</c> has the rules.
/// </summary>
public sealed unsafe class GpuRenderEngine : IDisposable
{
    private readonly GpuRenderOptions _options;
    private readonly RenderJobs _jobs;
    private readonly GpuHealth _health;
    private readonly GpuSupervisor _supervisor;
    private readonly RenderFinisher _finisher;
    private readonly List<(FrameRing Ring, IComputeBuffer Memory)> _rings = [];

    /// <summary>Opens the device, records the patch and runs it once. Throws <see cref="AudioErrorKind.InvalidArgument"/> for the options, and what opening throws.</summary>
    public GpuRenderEngine(GpuRenderOptions options)
    {
        options.Validate();
        _options = options;
        _jobs = new RenderJobs(options.Patch, options.PeriodFrames, options.PeriodsAhead + 2);
        _supervisor = new GpuSupervisor(options, _jobs);
        _health = new GpuHealth(_supervisor.IsGpu ? GpuRenderState.Gpu : GpuRenderState.CpuOnly);
        _finisher = new RenderFinisher(options, _jobs, _health, _supervisor);
    }

    /// <summary>Who renders now. Any thread.</summary>
    [RealtimeSafe]
    public GpuRenderState State => _health.State;

    /// <summary>The device that renders, or did at last.</summary>
    public ComputeDeviceInfo Device => _supervisor.First.Info;

    /// <summary>Periods finished. Any thread.</summary>
    [RealtimeSafe]
    public long Periods => _jobs.Finished;

    /// <summary>Of these, the periods that the processor rendered because the GPU was late, off or gone. Any thread.</summary>
    [RealtimeSafe]
    public long LatePeriods => _finisher.LatePeriods;

    /// <summary>How often the device was lost. Any thread.</summary>
    public long Losses => _supervisor.Losses;

    /// <summary>The inputs of the period to begin next: all frames of the first channel, then all of the next. Empty while there is no room for one.</summary>
    [RealtimeSafe]
    public Span<float> Inputs => _jobs.HasRoom ? _jobs[_jobs.Begun].Inputs : default;

    /// <summary>The parameters of the period to begin next. Empty while there is no room for one.</summary>
    [RealtimeSafe]
    public Span<float> Parameters => _jobs.HasRoom ? _jobs[_jobs.Begun].Parameters : default;

    /// <summary>
    /// Makes a ring in memory that the device has mapped, for <see cref="RenderToBuffer"/>, as deep as the periods under way, with room for
    /// <paramref name="moreFrames"/>. It lives as long as this engine. Throws what the device throws. Control side.
    /// </summary>
    public FrameRing CreateBuffer(int moreFrames = 0)
    {
        int frames = (_options.PeriodFrames * (_options.PeriodsAhead + 1)) + moreFrames;
        FrameRingOptions shape = new()
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)frames),
            Channels = _options.Patch.Outputs,
            Rate = _options.Rate,
        };
        IComputeBuffer memory = _supervisor.First.CreateBuffer((int)FrameRing.BytesNeeded(shape));
        FrameRing ring = FrameRing.Create(shape, memory.Address, memory.LengthBytes);
        _rings.Add((ring, memory));
        return ring;
    }

    /// <summary>
    /// Begins the next period, to be written to <paramref name="buffer"/> before <paramref name="timestampGpu"/>, when the reader there takes its first frame; unknown
    /// means as many periods from now as may be under way. Never waits. False, and nothing is begun, while <see cref="GpuRenderOptions.PeriodsAhead"/> periods and two more are under way. Only this engine
    /// writes to the buffer from then on.
    /// </summary>
    [RealtimeSafe]
    public bool RenderToBuffer(FrameRing buffer, MeshTime timestampGpu)
    {
        if (!_jobs.HasRoom)
        {
            return false;
        }

        RenderJob job = _jobs[_jobs.Begun];
        job.Ring = buffer;
        job.Timestamp = timestampGpu;
        job.Due = timestampGpu.IsKnown ? timestampGpu : MeshClock.Now.Add(_options.PeriodsAhead * _options.PeriodNs);
        job.Route = _health.TakeRoute();
        _jobs.Begin();
        return true;
    }

    /// <summary>Waits until every period begun by now is finished; false when it is not after <paramref name="timeout"/>. Not for realtime threads.</summary>
    public bool WaitFinished(TimeSpan timeout)
    {
        long begun = _jobs.Begun;
        long limit = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (_jobs.Finished < begun)
        {
            if (Environment.TickCount64 > limit)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    /// <summary>Ends all threads and frees device and buffers; nobody may begin periods or read the buffers any more. A driver call that hangs keeps its device.</summary>
    public void Dispose()
    {
        _finisher.Dispose();
        foreach ((FrameRing ring, IComputeBuffer memory) in _rings)
        {
            ring.Dispose();
            memory.Dispose();
        }

        _rings.Clear();
        _supervisor.Dispose();
    }
}
