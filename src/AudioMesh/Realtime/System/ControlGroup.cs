// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>The control group that this process is in (cgroups(7)).</summary>
internal static class ControlGroup
{
    /// <summary>cpu.rt_runtime_us where the kernel schedules realtime threads by group, which only version 1 can; else null.</summary>
    public static long? TryReadRealtimeRuntimeUs()
    {
        string? group = TryFindCpuGroup(KernelFile.TryRead("/proc/self/cgroup"));
        return group is null
            ? null
            : KernelFile.TryReadNumber($"/sys/fs/cgroup/cpu{group}/cpu.rt_runtime_us")
                ?? KernelFile.TryReadNumber($"/sys/fs/cgroup/cpu,cpuacct{group}/cpu.rt_runtime_us");
    }

    /// <summary>The path in a line such as <c>4:cpu,cpuacct:/user.slice</c>, without the root's slash.</summary>
    private static string? TryFindCpuGroup(string? groups)
    {
        foreach (string line in (groups ?? "").Split('\n'))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length == 3 && Array.IndexOf(parts[1].Split(','), "cpu") >= 0)
            {
                return parts[2].TrimEnd('/');
            }
        }

        return null;
    }
}
