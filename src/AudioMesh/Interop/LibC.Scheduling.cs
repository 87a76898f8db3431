// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

internal static unsafe partial class LibC
{
    public const int SCHED_OTHER = 0;
    public const int SCHED_FIFO = 1;
    public const int SCHED_RR = 2;
    public const int SCHED_RESET_ON_FORK = 0x40000000;
    public const int PTHREAD_CANCEL_DEFERRED = 0;
    public const int PR_SET_TIMERSLACK = 29;
    public const int PR_GET_TIMERSLACK = 30;
    public const int RLIMIT_RTPRIO = 14;
    public const int RLIMIT_RTTIME = 15;

    public static int RLIMIT_MEMLOCK => OperatingSystem.IsMacOS() ? 6 : 8;

    public static ulong RLIM_INFINITY => OperatingSystem.IsMacOS() ? long.MaxValue : ulong.MaxValue;

    [LibraryImport(Library)]
    public static partial nint pthread_self();

    /// <summary>Policy and priority of any thread of this process; answers 0 or the error itself.</summary>
    [LibraryImport(Library)]
    public static partial int pthread_getschedparam(nint thread, int* policy, SchedParam* param);

    /// <summary>Where the calling thread can be cancelled, by Linux's number for it; answers 0 or the error itself.</summary>
    [LibraryImport(Library)]
    public static partial int pthread_setcanceltype(int type, int* old);

    /// <summary>The kernel's number of the calling thread. Linux only.</summary>
    [LibraryImport(Library)]
    public static partial int gettid();

    [LibraryImport(Library)]
    public static partial uint geteuid();

    /// <summary>Process 0 is the calling thread. Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_setscheduler(int pid, int policy, SchedParam* param);

    /// <summary>Process 0 is the calling thread; the answer carries SCHED_RESET_ON_FORK where set. Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_getscheduler(int pid);

    /// <summary>Process 0 is the calling thread. Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_getparam(int pid, SchedParam* param);

    /// <summary>Process 0 is the calling thread; the mask has one bit per CPU. Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_setaffinity(int pid, nuint maskBytes, void* mask);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_get_priority_max(int policy);

    [LibraryImport(Library)]
    public static partial int sched_yield();

    /// <summary>Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getrlimit(int resource, RLimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setrlimit(int resource, RLimit* limit);

    /// <summary><c>struct sched_param</c> of Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SchedParam
    {
        public int Priority;
    }

    /// <summary><c>struct rlimit</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct RLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
