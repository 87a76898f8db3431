// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>A clock that counts frames at exactly its nominal rate from a start; whole-number arithmetic, so it never drifts.</summary>
[RealtimeSafe]
internal readonly struct FrameClock(MeshTime start, int rate)
{
    private const long Second = 1_000_000_000;

    /// <summary>When <paramref name="frame"/> is due, rounded down to the nanosecond.</summary>
    public MeshTime TimeOf(long frame)
    {
        long seconds = Math.DivRem(frame, rate, out long rest);
        return start.Add((seconds * Second) + (rest * Second / rate));
    }
}
