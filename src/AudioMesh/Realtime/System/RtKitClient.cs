// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>
/// rtkit, the desktop's daemon that gives unprivileged threads realtime priority (org.freedesktop.RealtimeKit1, rtkit.h).
/// </summary>
internal static unsafe class RtKitClient
{
    private const string Name = "org.freedesktop.RealtimeKit1";
    private const string Path = "/org/freedesktop/RealtimeKit1";
    private const int TimeoutMs = 2000;

    /// <summary>Asks for <paramref name="priority"/>, or for the most rtkit gives, for the calling thread.</summary>
    public static RealtimeGrant Raise(int priority)
    {
        try
        {
            using DBusConnection bus = DBusConnection.OpenSystemBus(TimeoutMs);
            RtKitLimits limits = ReadLimits(bus);
            int reachable = Math.Min(priority, limits.MaxPriority);
            if (!LowerRealtimeLimit(limits.MaxComputationUs))
            {
                return RealtimeGrant.Refused($"rtkit: RLIMIT_RTTIME cannot be set to {limits.MaxComputationUs} us: {LibC.ErrorText(LibC.LastError)}.");
            }

            MakeRealtime(bus, (uint)reachable);
            string reason = reachable == priority ? "" : $"rtkit gives at most priority {limits.MaxPriority}, not {priority}.";
            return new RealtimeGrant(RealtimeMethod.RtKit, reachable, reason);
        }
        catch (DBusException e)
        {
            return RealtimeGrant.Refused($"rtkit: {e.Message}");
        }
    }

    /// <summary>What rtkit would give; null and a reason when it does not answer.</summary>
    public static RtKitLimits? TryReadLimits(out string reason)
    {
        try
        {
            using DBusConnection bus = DBusConnection.OpenSystemBus(TimeoutMs);
            reason = "";
            return ReadLimits(bus);
        }
        catch (DBusException e)
        {
            reason = e.Message;
            return null;
        }
    }

    private static RtKitLimits ReadLimits(DBusConnection bus)
    {
        long priority = bus.GetNumber(Name, Path, Name, "MaxRealtimePriority");
        long computationUs = bus.GetNumber(Name, Path, Name, "RTTimeUSecMax");
        if (priority is < 1 or > 99 || computationUs < 1)
        {
            throw new DBusException($"its limits make no sense: MaxRealtimePriority {priority}, RTTimeUSecMax {computationUs}.");
        }

        return new RtKitLimits((int)priority, computationUs);
    }

    /// <summary>rtkit looks at the hard limit. An unprivileged process cannot lift it again, so it goes only as far down as it must.</summary>
    private static bool LowerRealtimeLimit(long maxUs)
    {
        LibC.RLimit limit;
        if (LibC.getrlimit(LibC.RLIMIT_RTTIME, &limit) != 0)
        {
            return false;
        }

        limit.Hard = Math.Min(limit.Hard, (ulong)maxUs);
        limit.Soft = Math.Min(limit.Soft, limit.Hard);
        return LibC.setrlimit(LibC.RLIMIT_RTTIME, &limit) == 0;
    }

    private static void MakeRealtime(DBusConnection bus, uint priority)
    {
        ulong thread = (ulong)LibC.gettid();
        DBusReply reply = bus.Call(Name, Path, Name, "MakeThreadRealtimeWithPID", "ttu", body =>
        {
            body.WriteUInt64((ulong)Environment.ProcessId);
            body.WriteUInt64(thread);
            body.WriteUInt32(priority);
        });

        if (reply.ErrorName == "org.freedesktop.DBus.Error.UnknownMethod")
        {
            reply = bus.Call(Name, Path, Name, "MakeThreadRealtime", "tu", body =>
            {
                body.WriteUInt64(thread);
                body.WriteUInt32(priority);
            });
        }

        reply.ThrowIfError();
    }
}
