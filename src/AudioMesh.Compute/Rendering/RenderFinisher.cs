// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Cpu;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// Sees to it that every period is in its ring in time: takes what the GPU has done, and renders on the processor what it has not when there is just time
/// enough left for that. A realtime thread of its own, which never calls the GPU's driver.
/// </summary>
internal sealed class RenderFinisher : IDisposable
{
    private const int Priority = RealtimePriority.Device - 5;
    private const int JoinMs = 5000;
    private const long NoProbe = -1;

    private readonly RenderJobs _jobs;
    private readonly GpuHealth _health;
    private readonly GpuSupervisor _supervisor;
    private readonly CpuDevice _cpu = new();
    private readonly IGpuPeriod _onCpu;
    private readonly PlanarRingWriter _writer;
    private readonly float[] _outputs;
    private readonly long _pollNs;
    private readonly long _slackNs;
    private readonly RealtimeThread _thread;
    private GpuLane? _laneSeen;
    private long _cpuCostNs;
    private long _probe = NoProbe;
    private MeshTime _probeLimit;
    private long _latePeriods;
    private bool _isStopping;

    public RenderFinisher(GpuRenderOptions options, RenderJobs jobs, GpuHealth health, GpuSupervisor supervisor)
    {
        _jobs = jobs;
        _health = health;
        _supervisor = supervisor;
        _onCpu = options.Patch.CreateOn(_cpu, options.PeriodFrames);
        _outputs = new float[options.Patch.Outputs * options.PeriodFrames];
        _writer = new PlanarRingWriter(options.Patch.Outputs, options.PeriodFrames);
        _pollNs = PollTime.Of(options);
        _slackNs = (options.PeriodNs / 4) + _pollNs;
        _laneSeen = supervisor.Lane;
        if (_laneSeen is null && supervisor.IsGpu)
        {
            health.Lose();
        }

        RenderOnCpu(jobs[0]);
        _cpuCostNs = 0;
        _thread = RealtimeThread.Start("am-gpu-finish", Priority, options.PeriodNs, Run);
    }

    public long LatePeriods => Volatile.Read(ref _latePeriods);

    public void Dispose()
    {
        Volatile.Write(ref _isStopping, true);
        if (_thread.Join(JoinMs))
        {
            _onCpu.Dispose();
            _cpu.Dispose();
        }
    }

    private void Run()
    {
        while (!Volatile.Read(ref _isStopping))
        {
            MeshTime now = MeshClock.Now;
            WatchDevice(now);
            WatchProbe(now);
            while (TryFinishOldest())
            {
            }

            DeadlineTimer.WaitUntil(now.Add(_pollNs));
        }
    }

    private void WatchDevice(MeshTime now)
    {
        GpuLane? lane = _supervisor.Lane;
        if (lane == _laneSeen)
        {
            return;
        }

        _laneSeen = lane;
        _probe = NoProbe;
        if (lane is null)
        {
            _health.Lose();
        }
        else
        {
            _health.Find(now);
        }
    }

    private void WatchProbe(MeshTime now)
    {
        if (_probe == NoProbe)
        {
            _health.AskForProbe(now);
            return;
        }

        RenderJob job = _jobs[_probe];
        bool isDone = job.GpuDone == _probe;
        if (isDone || now > _probeLimit)
        {
            _probe = NoProbe;
            _health.Probed(!isDone || job.GpuDoneAt > _probeLimit, now);
        }
    }

    /// <summary>False when there is nothing to do before the next look.</summary>
    private bool TryFinishOldest()
    {
        long number = _jobs.Finished;
        if (number == _jobs.Begun)
        {
            return false;
        }

        RenderJob job = _jobs[number];
        MeshTime now = MeshClock.Now;
        MeshTime limit = job.Due.Add(-(_slackNs + (2 * _cpuCostNs)));
        bool isDone = job.Route == RenderRoute.Gpu && job.GpuDone == number;
        if (job.Route == RenderRoute.Gpu && !isDone && now < limit && _supervisor.Lane is not null)
        {
            return false;
        }

        if (job.Route == RenderRoute.Gpu)
        {
            _health.Count(!isDone, now);
        }
        else if (job.Route == RenderRoute.Probe)
        {
            (_probe, _probeLimit) = (number, limit);
        }

        bool isLate = !isDone && _health.State != GpuRenderState.CpuOnly;
        _writer.Write(job.Ring!, isDone ? job.GpuOutputs : RenderOnCpu(job), job.Timestamp, isLate ? FrameFlags.GpuLate : FrameFlags.None);
        if (isLate)
        {
            Volatile.Write(ref _latePeriods, _latePeriods + 1);
        }

        _jobs.Finish();
        return true;
    }

    private float[] RenderOnCpu(RenderJob job)
    {
        MeshTime begin = MeshClock.Now;
        _onCpu.Load(job.Inputs, job.Parameters);
        _ = _onCpu.Program.Submit();
        _onCpu.Read(_outputs);
        long cost = MeshClock.Now - begin;
        _cpuCostNs = Math.Max(cost, _cpuCostNs - (_cpuCostNs / 64));
        return _outputs;
    }
}
