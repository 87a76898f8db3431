// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Doctor;

/// <summary>How the kernel schedules.</summary>
internal static class KernelChecks
{
    private const long UsualRuntimeUs = 950_000;

    public static IEnumerable<Finding> All(RealtimeLimits limits)
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        yield return Governor(limits.CpuGovernors);
        if (limits.SchedulerRuntimeUs is { } runtimeUs)
        {
            yield return Runtime(runtimeUs);
        }

        if (limits.ControlGroupRuntimeUs == 0)
        {
            yield return Finding.Bad(
                "cgroup",
                "This control group has no realtime budget (cpu.rt_runtime_us is 0): realtime threads are forbidden.",
                "echo 950000 | sudo tee /sys/fs/cgroup/cpu/<group>/cpu.rt_runtime_us, or start from another group");
        }

        yield return Preemption(limits.IsPreemptRt == true);
    }

    private static Finding Governor(IReadOnlyList<string>? governors)
    {
        if (governors is null)
        {
            return Finding.Ok("governor", "CPUs show no frequency governor, as in virtual machines.");
        }

        string names = string.Join(", ", governors);
        return governors.All(governor => governor == "performance")
            ? Finding.Ok("governor", names)
            : Finding.Warn("governor", $"{names}: a CPU that is slow when it wakes is late.", "sudo cpupower frequency-set -g performance");
    }

    private static Finding Runtime(long runtimeUs) => runtimeUs switch
    {
        < 0 => Finding.Ok("sched_rt_runtime", "No limit on realtime threads."),
        0 => Finding.Bad("sched_rt_runtime", "0: realtime threads never run.", "sudo sysctl kernel.sched_rt_runtime_us=950000"),
        < UsualRuntimeUs => Finding.Warn(
            "sched_rt_runtime",
            $"{runtimeUs} us of each second: a high load is throttled.",
            "sudo sysctl kernel.sched_rt_runtime_us=950000"),
        _ => Finding.Ok("sched_rt_runtime", $"{runtimeUs} us of each second."),
    };

    private static Finding Preemption(bool isPreemptRt)
    {
        const string VersionFile = "/proc/sys/kernel/version";
        string version = File.Exists(VersionFile) ? File.ReadAllText(VersionFile).Trim() : "";
        if (isPreemptRt)
        {
            return Finding.Ok("preemption", "PREEMPT_RT.");
        }

        return version.Contains("PREEMPT", StringComparison.Ordinal)
            ? Finding.Ok("preemption", $"Preemptible, not PREEMPT_RT: {version}")
            : Finding.Warn(
                "preemption",
                "The kernel does not preempt itself: wake-ups may be late by milliseconds.",
                "Install a low-latency or PREEMPT_RT kernel (Debian: sudo apt-get install linux-image-rt-amd64)");
    }
}
