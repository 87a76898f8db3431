// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>What a node costs: written by the device thread, read by anyone.</summary>
public sealed class NodeCost
{
    private long _average;
    private long _peak;

    /// <summary>Nanoseconds per period, smoothed over about 64 periods.</summary>
    public long AverageNanoseconds => Volatile.Read(ref _average);

    /// <summary>The most it ever took, in nanoseconds.</summary>
    public long PeakNanoseconds => Volatile.Read(ref _peak);

    /// <summary>Takes one measurement.</summary>
    [RealtimeSafe]
    public void Add(long nanoseconds)
    {
        Volatile.Write(ref _average, _average + ((nanoseconds - _average) / 64) + Math.Sign(nanoseconds - _average));
        if (nanoseconds > _peak)
        {
            Volatile.Write(ref _peak, nanoseconds);
        }
    }
}
