// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Wire;

/// <summary>How many unknown senders are looked into: a token bucket, so that a flood of made-up ones costs little and a real one still gets in.</summary>
internal sealed class AttemptLimit
{
    private const int Most = 256;
    private const long NanosecondsEach = 2_000_000;

    private MeshTime _full;

    internal bool TryTake(MeshTime now)
    {
        if (_full < now || _full - now > Most * NanosecondsEach)
        {
            _full = now;
        }

        if (_full - now > (Most - 1) * NanosecondsEach)
        {
            return false;
        }

        _full = _full.Add(NanosecondsEach);
        return true;
    }
}
