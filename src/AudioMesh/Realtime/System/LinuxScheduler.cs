// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>SCHED_FIFO for the calling thread, straight from the kernel.</summary>
internal static unsafe class LinuxScheduler
{
    /// <summary>Asks for <paramref name="priority"/>, then for what RLIMIT_RTPRIO leaves.</summary>
    public static RealtimeGrant Raise(int priority)
    {
        int error = Set(priority);
        if (error == 0)
        {
            return new RealtimeGrant(RealtimeMethod.Scheduler, priority, "");
        }

        if (error != LibC.EPERM)
        {
            return RealtimeGrant.Refused($"sched_setscheduler(SCHED_FIFO, {priority}) failed: {LibC.ErrorText(error)}.");
        }

        int limit = LiftLimit(priority);
        int reachable = Math.Min(priority, limit);
        if (reachable > 0 && Set(reachable) == 0)
        {
            string reason = reachable == priority ? "" : $"RLIMIT_RTPRIO allows priority {limit}, not {priority}.";
            return new RealtimeGrant(RealtimeMethod.Scheduler, reachable, reason);
        }

        return RealtimeGrant.Refused(limit > 0
            ? $"SCHED_FIFO refused though RLIMIT_RTPRIO is {limit}: the control group may have no realtime budget (cpu.rt_runtime_us)."
            : "SCHED_FIFO refused: RLIMIT_RTPRIO is 0 and the process lacks CAP_SYS_NICE.");
    }

    private static int Set(int priority)
    {
        LibC.SchedParam param = new() { Priority = priority };
        return LibC.sched_setscheduler(0, LibC.SCHED_FIFO | LibC.SCHED_RESET_ON_FORK, &param) == 0 ? 0 : LibC.LastError;
    }

    /// <summary>Moves the soft limit up as far as wanted and the hard limit allows; answers the soft limit then.</summary>
    private static int LiftLimit(int wanted)
    {
        LibC.RLimit limit;
        if (LibC.getrlimit(LibC.RLIMIT_RTPRIO, &limit) != 0)
        {
            return 0;
        }

        if (limit.Soft < (ulong)wanted && limit.Hard > limit.Soft)
        {
            LibC.RLimit lifted = new() { Soft = Math.Min(limit.Hard, (ulong)wanted), Hard = limit.Hard };
            if (LibC.setrlimit(LibC.RLIMIT_RTPRIO, &lifted) == 0)
            {
                return (int)lifted.Soft;
            }
        }

        return (int)Math.Min(limit.Soft, 99);
    }
}
