// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>What a thread got when it asked for realtime priority.</summary>
/// <param name="Method">Which way worked.</param>
/// <param name="Priority">The priority it has now, 1 to 99 on Linux; 0 without one and on macOS, which has no such number.</param>
/// <param name="Reason">Why it is none, or less than asked for, in words for people; empty when all was granted.</param>
public sealed record RealtimeGrant(RealtimeMethod Method, int Priority, string Reason)
{
    /// <summary>Whether the thread is realtime now.</summary>
    public bool IsRealtime => Method != RealtimeMethod.None;

    internal static RealtimeGrant Refused(string reason) => new(RealtimeMethod.None, 0, reason);
}
