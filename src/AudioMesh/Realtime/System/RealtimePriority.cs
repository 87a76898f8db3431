// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>Raises threads to realtime priority in whichever way this system allows.</summary>
public static class RealtimePriority
{
    /// <summary>What a device thread asks for: above the kernel's interrupt threads (50), with room above it for a sound card's own (raised to 90 by hand).</summary>
    public const int Device = 70;

    /// <summary>
    /// Raises the calling thread. On Linux the scheduler is asked first, then rtkit; on macOS the thread promises to compute for at most
    /// half of each <paramref name="periodNs"/>. Children of the thread do not inherit it. May take 2 s when rtkit hangs, never throws for a refusal.
    /// rtkit's way limits the process: a realtime thread that computes for longer than rtkit allows (200 ms) without a wait gets SIGXCPU.
    /// Throws InvalidArgument when <paramref name="priority"/> is not 1 to 99 or the period not 1 us to 10 s.
    /// </summary>
    public static RealtimeGrant Raise(int priority, long periodNs)
    {
        Check(priority, periodNs);
        if (OperatingSystem.IsLinux())
        {
            return RaiseOnLinux(priority);
        }

        return OperatingSystem.IsMacOS()
            ? MachThread.Raise(periodNs)
            : RealtimeGrant.Refused("Realtime priority is known on Linux and macOS only.");
    }

    private static RealtimeGrant RaiseOnLinux(int priority)
    {
        RealtimeGrant direct = LinuxScheduler.Raise(priority);
        if (direct.IsRealtime)
        {
            return direct;
        }

        RealtimeGrant byRtKit = RtKitClient.Raise(priority);
        return byRtKit.IsRealtime ? byRtKit : RealtimeGrant.Refused($"{direct.Reason} {byRtKit.Reason}");
    }

    internal static void Check(int priority, long periodNs)
    {
        Check(priority is >= 1 and <= 99, "priority", priority, "1..99");
        Check(periodNs is >= 1_000 and <= 10_000_000_000, "period_ns", periodNs, "1000..10000000000");
    }

    private static void Check(bool holds, string field, long value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.")
            {
                Field = field,
                Allowed = allowed,
            };
        }
    }
}
