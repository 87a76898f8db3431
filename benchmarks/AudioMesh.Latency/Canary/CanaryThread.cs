// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Latency.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Latency.Canary;

/// <summary>
/// One thread on one CPU, just above the audio threads, that wakes up every quarter of a millisecond: where it is late, so is whatever else
/// should have run there, and the machine is to blame.
/// </summary>
internal sealed unsafe class CanaryThread
{
    private const long PeriodNs = 250_000;
    private const long StallNs = 200_000;
    private readonly int _cpu;
    private readonly (long Due, long Woke)[] _stalls = new (long, long)[65_536];
    private readonly RealtimeThread _thread;
    private int _count;
    private volatile bool _isOver;

    public CanaryThread(int cpu)
    {
        _cpu = cpu;
        _thread = RealtimeThread.Start($"canary-{cpu}", DummyJack.Priority + 1, PeriodNs, Watch);
    }

    public bool IsRealtime => _thread.Grant.IsRealtime;

    public IEnumerable<Stall> Stop()
    {
        _isOver = true;
        _thread.Join(Timeout.Infinite);
        return _stalls.Take(_count).Select(stall => new Stall(_cpu, stall.Due, stall.Woke));
    }

    private void Watch()
    {
        Pin();
        long due = MeshClock.Now.Nanoseconds;
        while (!_isOver)
        {
            due += PeriodNs;
            LibC.TimeSpec time = new() { Seconds = due / 1_000_000_000, Nanoseconds = due % 1_000_000_000 };
            while (LibC.clock_nanosleep(LibC.CLOCK_MONOTONIC, LibC.TIMER_ABSTIME, &time, null) == LibC.EINTR)
            {
            }

            long woke = MeshClock.Now.Nanoseconds;
            if (woke - due > StallNs)
            {
                if (_count < _stalls.Length)
                {
                    _stalls[_count++] = (due, woke);
                }

                due = woke;
            }
        }
    }

    private void Pin()
    {
        byte* mask = stackalloc byte[128];
        new Span<byte>(mask, 128).Clear();
        mask[_cpu / 8] = (byte)(1 << (_cpu % 8));
        if (LibC.sched_setaffinity(0, 128, mask) != 0)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"The canary cannot be pinned to CPU {_cpu}.");
        }
    }
}
