// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Tests.RealtimeSystem;

/// <summary>What the kernel itself says of the calling thread.</summary>
internal static unsafe class Kernel
{
    public const int SchedOther = 0;
    public const int SchedRoundRobin = 2;
    public const int ResetOnFork = 0x40000000;

    public static int Policy => sched_getscheduler(0);

    public static int Priority
    {
        get
        {
            int priority;
            return sched_getparam(0, &priority) == 0 ? priority : -1;
        }
    }

    /// <summary>RLIMIT_RTPRIO.</summary>
    public static ResourceLimit PriorityLimit
    {
        get
        {
            ResourceLimit limit;
            return getrlimit(14, &limit) == 0 ? limit : default;
        }
    }

    /// <summary>RLIMIT_RTTIME, microseconds.</summary>
    public static ResourceLimit ComputationLimit
    {
        get
        {
            ResourceLimit limit;
            return getrlimit(15, &limit) == 0 ? limit : default;
        }
        set => setrlimit(15, &value);
    }

    public static int MakeRoundRobin(int thread, int priority) => sched_setscheduler(thread, SchedRoundRobin | ResetOnFork, &priority);

    /// <summary>Takes all rights of root from the calling thread and only from it, for good.</summary>
    public static bool DropCapabilities()
    {
        const uint Version3 = 0x20080522;
        uint* header = stackalloc uint[] { Version3, 0 };
        uint* sets = stackalloc uint[6];
        return capset(header, sets) == 0;
    }

    /// <summary>Runs on a thread of its own, so that what is done to it dies with it.</summary>
    public static T OnFreshThread<T>(Func<T> body)
    {
        T result = default!;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = body();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException("The thread failed.", failure);
    }

    [DllImport("libc")]
    private static extern int sched_getscheduler(int pid);

    [DllImport("libc")]
    private static extern int sched_getparam(int pid, int* priority);

    [DllImport("libc")]
    private static extern int sched_setscheduler(int pid, int policy, int* priority);

    [DllImport("libc")]
    private static extern int getrlimit(int resource, ResourceLimit* limit);

    [DllImport("libc")]
    private static extern int setrlimit(int resource, ResourceLimit* limit);

    [DllImport("libc")]
    private static extern int capset(uint* header, uint* sets);

    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
