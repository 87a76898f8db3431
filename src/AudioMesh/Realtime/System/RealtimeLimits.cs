// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>
/// What on this machine allows or hinders realtime audio, as the system tells it: the raw material of <c>audiomesh doctor</c>. Null is what
/// the system does not tell; on anything but Linux that is all but <see cref="MemoryLockBytes"/>.
/// </summary>
public sealed record RealtimeLimits
{
    /// <summary>RLIMIT_RTPRIO: the highest priority without further rights; 0 is none.</summary>
    public long? PriorityLimit { get; init; }

    /// <summary>RLIMIT_MEMLOCK in bytes; <see cref="long.MaxValue"/> is no limit.</summary>
    public long? MemoryLockBytes { get; init; }

    /// <summary>CAP_SYS_NICE: any priority, whatever the limits.</summary>
    public bool? HasSysNice { get; init; }

    /// <summary>CAP_IPC_LOCK: any amount of locked memory, whatever the limits.</summary>
    public bool? HasIpcLock { get; init; }

    /// <summary>Microseconds of each second's scheduling period that realtime threads may use; -1 is no limit, 950000 usual.</summary>
    public long? SchedulerRuntimeUs { get; init; }

    /// <summary>What rtkit would give; null when it does not answer, see <see cref="RtKitReason"/>.</summary>
    public RtKitLimits? RtKit { get; init; }

    /// <summary>Why rtkit does not answer; empty when it does.</summary>
    public string RtKitReason { get; init; } = "";

    /// <summary>Frequency governors of the CPUs, each named once; null where CPUs have none (as in virtual machines).</summary>
    public IReadOnlyList<string>? CpuGovernors { get; init; }

    /// <summary>How late the kernel may wake the calling thread for its own convenience, nanoseconds. It does not apply to realtime threads.</summary>
    public long? TimerSlackNs { get; init; }

    /// <summary>Whether the kernel is a PREEMPT_RT one.</summary>
    public bool? IsPreemptRt { get; init; }

    /// <summary>Realtime budget of our control group (cpu.rt_runtime_us of version 1), microseconds; 0 forbids realtime threads, null has no such limit.</summary>
    public long? ControlGroupRuntimeUs { get; init; }

    /// <summary>Asks the system. Takes up to 2 s when rtkit hangs.</summary>
    public static RealtimeLimits Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return new RealtimeLimits { MemoryLockBytes = Limit(LibC.RLIMIT_MEMLOCK), RtKitReason = "rtkit is of Linux." };
        }

        RtKitLimits? rtKit = RtKitClient.TryReadLimits(out string rtKitReason);
        return new RealtimeLimits
        {
            PriorityLimit = Limit(LibC.RLIMIT_RTPRIO),
            MemoryLockBytes = Limit(LibC.RLIMIT_MEMLOCK),
            HasSysNice = ProcessStatus.HasCapability(ProcessStatus.SysNice),
            HasIpcLock = ProcessStatus.HasCapability(ProcessStatus.IpcLock),
            SchedulerRuntimeUs = KernelFile.TryReadNumber("/proc/sys/kernel/sched_rt_runtime_us"),
            RtKit = rtKit,
            RtKitReason = rtKitReason,
            CpuGovernors = ReadGovernors(),
            TimerSlackNs = ReadTimerSlack(),
            IsPreemptRt = ReadPreemptRt(),
            ControlGroupRuntimeUs = ControlGroup.TryReadRealtimeRuntimeUs(),
        };
    }

    private static unsafe long? Limit(int resource)
    {
        LibC.RLimit limit;
        return LibC.getrlimit(resource, &limit) == 0 ? (long)Math.Min(limit.Soft, long.MaxValue) : null;
    }

    private static List<string>? ReadGovernors()
    {
        const string Policies = "/sys/devices/system/cpu/cpufreq";
        List<string> governors = [];
        foreach (string policy in Directory.Exists(Policies) ? Directory.GetDirectories(Policies, "policy*") : [])
        {
            string? governor = KernelFile.TryRead($"{policy}/scaling_governor");
            if (governor is not null && !governors.Contains(governor))
            {
                governors.Add(governor);
            }
        }

        return governors.Count > 0 ? governors : null;
    }

    private static long? ReadTimerSlack()
    {
        int slack = LibC.prctl(LibC.PR_GET_TIMERSLACK, 0, 0, 0, 0);
        return slack >= 0 ? slack : null;
    }

    private static bool? ReadPreemptRt() => KernelFile.TryReadNumber("/sys/kernel/realtime") == 1
        ? true
        : KernelFile.TryRead("/proc/sys/kernel/version")?.Contains("PREEMPT_RT", StringComparison.Ordinal);
}
