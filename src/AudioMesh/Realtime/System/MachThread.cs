// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Realtime;

/// <summary>
/// Mach's time constraint policy for the calling thread (mach/thread_policy.h). Written from the headers, never executed on macOS.
/// </summary>
internal static unsafe partial class MachThread
{
    private const string Library = "libSystem.B.dylib";
    private const int ThreadTimeConstraintPolicy = 2;

    /// <summary>Asks for half of each period, to be done within the whole of it.</summary>
    public static RealtimeGrant Raise(long periodNs)
    {
        Timebase timebase;
        if (mach_timebase_info(&timebase) != 0)
        {
            return RealtimeGrant.Refused("mach_timebase_info failed.");
        }

        uint period = (uint)Math.Min(uint.MaxValue, (ulong)periodNs * timebase.Denominator / timebase.Numerator);
        TimeConstraint constraint = new() { Period = period, Computation = period / 2, Constraint = period, Preemptible = 1 };
        uint count = (uint)(sizeof(TimeConstraint) / sizeof(int));
        int error = thread_policy_set(pthread_mach_thread_np(pthread_self()), ThreadTimeConstraintPolicy, &constraint, count);
        return error == 0
            ? new RealtimeGrant(RealtimeMethod.TimeConstraint, 0, "")
            : RealtimeGrant.Refused($"thread_policy_set(THREAD_TIME_CONSTRAINT_POLICY) failed with kern_return_t {error}.");
    }

    [LibraryImport(Library)]
    private static partial int mach_timebase_info(Timebase* timebase);

    [LibraryImport(Library)]
    private static partial nint pthread_self();

    [LibraryImport(Library)]
    private static partial uint pthread_mach_thread_np(nint thread);

    [LibraryImport(Library)]
    private static partial int thread_policy_set(uint thread, int flavour, TimeConstraint* policy, uint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timebase
    {
        public uint Numerator;
        public uint Denominator;
    }

    /// <summary><c>thread_time_constraint_policy</c>, in ticks of mach absolute time.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeConstraint
    {
        public uint Period;
        public uint Computation;
        public uint Constraint;
        public int Preemptible;
    }
}
