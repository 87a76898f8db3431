// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// When cycles begin, from when the server woke up for them. JACK's own filter starts at the first waking after an xrun, which is a late one, and takes seconds to come back to the line on which all
/// others lie. Here an early waking says that the line was late, and a late one that the machine stood still. Device thread.
/// </summary>
[RealtimeSafe]
internal sealed class WakeLine(int rate)
{
    private const long EarlyNs = 250_000;
    private const long LateNs = 500_000;

    // Late for so long, the device itself is later.
    private const double MovedSeconds = 0.1;

    private readonly DelayLockedLoop _loop = new(rate);
    private long _lateFrames;

    /// <summary>The cycle of <paramref name="frames"/> for which the server woke at <paramref name="woke"/>; before it, frames may have been lost.</summary>
    public MeshTime Step(MeshTime woke, int frames, bool hasLost)
    {
        MeshTime due = hasLost ? MeshTime.Unknown : _loop.Next;
        long late = due.IsKnown ? woke - due : 0;
        _lateFrames = late > LateNs ? _lateFrames + frames : 0;
        bool hasMoved = late < -EarlyNs || _lateFrames > MovedSeconds * rate;
        if (hasLost || hasMoved)
        {
            _loop.Restart();
        }

        _loop.Update(late > LateNs && !hasMoved ? due : woke, frames);
        return _loop.Current;
    }
}
