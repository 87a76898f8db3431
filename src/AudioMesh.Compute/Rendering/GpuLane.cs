// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// A device at work: a thread of its own submits periods as they begin, several at a time, and tells when they are done. Nobody waits for it; a call
/// into the driver that never returns stops this thread and nothing else. What the device throws ends it for good: <see cref="IsFaulted"/>.
/// </summary>
internal sealed class GpuLane
{
    private const int Priority = RealtimePriority.Device - 10;
    private const int JoinMs = 2000;
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(2);

    private readonly RenderJobs _jobs;
    private readonly GpuSlot[] _slots;
    private readonly long _pollNs;
    private RealtimeThread? _thread;
    private long _next;
    private int _oldest;
    private int _running;
    private bool _isFaulted;
    private bool _isStopping;

    /// <summary>Records the patch as often as periods may be under way, and runs each once. Throws what the device throws; <see cref="AudioErrorKind.Timeout"/> where it hangs.</summary>
    public GpuLane(IComputeDevice device, GpuRenderOptions options, RenderJobs jobs)
    {
        Device = device;
        _jobs = jobs;
        _pollNs = PollTime.Of(options);
        _slots = new GpuSlot[options.PeriodsAhead];
        try
        {
            for (int i = 0; i < _slots.Length; i++)
            {
                _slots[i] = new GpuSlot(options.Patch.CreateOn(device, options.PeriodFrames));
            }

            WarmUp();
        }
        catch
        {
            DisposeSlots();
            throw;
        }
    }

    public IComputeDevice Device { get; }

    /// <summary>Whether the device threw; it is of no more use.</summary>
    public bool IsFaulted => Volatile.Read(ref _isFaulted);

    /// <summary>Takes periods from now on.</summary>
    public void Start(long periodNs)
    {
        _next = _jobs.Begun;
        _thread = RealtimeThread.Start("am-gpu", Priority, periodNs, Run);
    }

    /// <summary>Ends the thread and frees all but the device. False where a driver call hangs: then nothing of it can be freed, the device neither.</summary>
    public bool TryStop()
    {
        Volatile.Write(ref _isStopping, true);
        if (_thread?.Join(JoinMs) == false)
        {
            return false;
        }

        DisposeSlots();
        return true;
    }

    private void WarmUp()
    {
        foreach (GpuSlot slot in _slots)
        {
            IComputeProgram program = slot.Period.Program;
            if (!program.Wait(program.Submit(), WarmUpLimit))
            {
                throw new AudioMeshException(AudioErrorKind.Timeout, $"{Device.Info.Name} does not get done with a first run.");
            }
        }
    }

    private void Run()
    {
        try
        {
            while (!Volatile.Read(ref _isStopping))
            {
                SubmitBegun();
                AwaitOldest();
            }
        }
        catch (Exception)
        {
            // Whatever it was, the supervisor gives the device up and opens it anew.
            Volatile.Write(ref _isFaulted, true);
        }
    }

    private void SubmitBegun()
    {
        for (long begun = _jobs.Begun; _next < begun && _running < _slots.Length; _next++)
        {
            RenderJob job = _jobs[_next];
            bool isWanted = job.Route == RenderRoute.Probe || (job.Route == RenderRoute.Gpu && _next >= _jobs.Finished);
            if (isWanted)
            {
                _slots[(_oldest + _running) % _slots.Length].Submit(job, _next);
                _running++;
            }
        }
    }

    private void AwaitOldest()
    {
        if (_running == 0)
        {
            DeadlineTimer.WaitUntil(MeshClock.Now.Add(_pollNs));
            return;
        }

        GpuSlot oldest = _slots[_oldest];
        if (oldest.Period.Program.Wait(oldest.Ticket, TimeSpan.FromTicks(_pollNs / TimeSpan.NanosecondsPerTick)))
        {
            oldest.Deliver();
            _oldest = (_oldest + 1) % _slots.Length;
            _running--;
        }
    }

    private void DisposeSlots()
    {
        foreach (GpuSlot? slot in _slots)
        {
            slot?.Period.Dispose();
        }
    }
}
