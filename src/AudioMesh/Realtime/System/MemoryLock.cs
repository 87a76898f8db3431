// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>Keeps memory from being paged out, so that a device thread never waits for a disk.</summary>
public static unsafe class MemoryLock
{
    /// <summary>
    /// Locks the process's memory, now and later (mlockall), where no limit can make a later allocation fail for it: CAP_IPC_LOCK or an
    /// unlimited RLIMIT_MEMLOCK. Otherwise, and on macOS, locks <paramref name="otherwise"/>, the ranges a device thread touches. Any thread.
    /// </summary>
    public static MemoryLockResult LockProcess(params ReadOnlySpan<MemoryRange> otherwise)
    {
        string reason = TryLockAll();
        return reason.Length == 0 ? new MemoryLockResult(MemoryLockScope.Process, "") : LockRanges(otherwise, reason);
    }

    /// <summary>Gives the whole process back to the pager, ranges too.</summary>
    public static void UnlockProcess() => LibC.munlockall();

    private static string TryLockAll()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Only Linux locks whole processes.";
        }

        LibC.RLimit limit;
        bool unlimited = LibC.getrlimit(LibC.RLIMIT_MEMLOCK, &limit) == 0 && limit.Soft == LibC.RLIM_INFINITY;
        if (!unlimited && ProcessStatus.HasCapability(ProcessStatus.IpcLock) != true)
        {
            return $"RLIMIT_MEMLOCK is {limit.Soft} bytes and the process lacks CAP_IPC_LOCK, so the whole of it cannot be locked.";
        }

        return LibC.mlockall(LibC.MCL_CURRENT | LibC.MCL_FUTURE) == 0 ? "" : $"mlockall failed: {LibC.ErrorText(LibC.LastError)}.";
    }

    private static MemoryLockResult LockRanges(ReadOnlySpan<MemoryRange> ranges, string reason)
    {
        int locked = 0;
        foreach (MemoryRange range in ranges)
        {
            if (LibC.mlock((void*)range.Address, range.Bytes) == 0)
            {
                locked++;
            }
            else
            {
                reason += $" mlock of {range.Bytes} bytes failed: {LibC.ErrorText(LibC.LastError)}.";
            }
        }

        MemoryLockScope scope = locked == 0 ? MemoryLockScope.None : locked < ranges.Length ? MemoryLockScope.SomeRanges : MemoryLockScope.Ranges;
        return new MemoryLockResult(scope, reason);
    }
}
