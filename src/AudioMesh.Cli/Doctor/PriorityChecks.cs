// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Doctor;

/// <summary>Whether a thread becomes realtime and memory stays in, and by what right.</summary>
internal static class PriorityChecks
{
    private const long PeriodNs = 2_666_667;
    private const long WantedMemoryBytes = 64L << 20;

    private const string LimitsMend =
        "printf '@audio - rtprio 95\\n@audio - memlock unlimited\\n' | sudo tee /etc/security/limits.d/95-audio.conf && "
        + "sudo usermod -aG audio \"$USER\", then log in anew; in a container: --cap-add=sys_nice --ulimit rtprio=95 --ulimit memlock=-1";

    /// <summary>Asks as a device thread asks.</summary>
    public static Finding Grant()
    {
        RealtimeGrant grant = RealtimeThread.Start("am-doctor", RealtimePriority.Device, PeriodNs, () => { }).Grant;
        string method = grant.Method switch
        {
            RealtimeMethod.Scheduler => $"SCHED_FIFO, priority {grant.Priority}",
            RealtimeMethod.RtKit => $"SCHED_FIFO by rtkit, priority {grant.Priority}",
            RealtimeMethod.TimeConstraint => "Mach time constraint",
            _ => "refused",
        };
        return grant.IsRealtime
            ? Finding.Ok("realtime_thread", $"A thread gets realtime priority: {method}. {grant.Reason}".TrimEnd())
            : Finding.Bad("realtime_thread", $"No thread gets realtime priority: {grant.Reason}", LimitsMend);
    }

    public static IEnumerable<Finding> Rights(RealtimeLimits limits)
    {
        if (limits.HasSysNice is { } hasSysNice)
        {
            yield return Finding.Ok("cap_sys_nice", hasSysNice ? "Has it: any priority." : "Does not have it: the limit below counts.");
        }

        if (limits.PriorityLimit is { } priority)
        {
            yield return priority >= RealtimePriority.Device || limits.HasSysNice == true
                ? Finding.Ok("rtprio", $"RLIMIT_RTPRIO is {priority}{(priority == 0 ? ", but CAP_SYS_NICE stands above it" : "")}.")
                : Finding.Warn("rtprio", $"RLIMIT_RTPRIO is {priority}; {RealtimePriority.Device} is wanted.", LimitsMend);
        }

        if (limits.MemoryLockBytes is { } memory)
        {
            string amount = memory == long.MaxValue ? "unlimited" : $"{memory >> 10} KiB";
            yield return memory >= WantedMemoryBytes || limits.HasIpcLock == true || OperatingSystem.IsMacOS()
                ? Finding.Ok("memlock", $"RLIMIT_MEMLOCK is {amount}{(limits.HasIpcLock == true ? "; CAP_IPC_LOCK stands above it" : "")}.")
                : Finding.Warn("memlock", $"RLIMIT_MEMLOCK is {amount}: sound may wait for memory that was paged out.", LimitsMend);
        }

        if (OperatingSystem.IsLinux())
        {
            yield return RtKit(limits);
        }
    }

    private static Finding RtKit(RealtimeLimits limits)
    {
        if (limits.RtKit is { } rtKit)
        {
            return Finding.Ok("rtkit", $"Gives priority {rtKit.MaxPriority}.");
        }

        string reason = $"Does not answer: {limits.RtKitReason}";
        return limits.HasSysNice == true || limits.PriorityLimit > 0
            ? Finding.Ok("rtkit", $"{reason} (Not needed: the priority is granted without it.)")
            : Finding.Warn("rtkit", reason, "sudo apt-get install rtkit");
    }
}
