// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Time;

/// <summary>
/// Host time to mesh time and back, for any thread at any time: readers take no lock, do not wait for the writer, and never see half of one reading and half of
/// another. Mesh time is continuous but for counted steps (<see cref="TimebaseReading.Steps"/>), and runs at most
/// <see cref="MaxSlewPpm"/> faster or slower than the reference's while it is being corrected.
/// </summary>
public sealed class MeshTimebase
{
    /// <summary>The most by which mesh time is made to run fast or slow to correct it, parts per million.</summary>
    public const double MaxSlewPpm = 200;

    /// <summary>A reader that was interrupted for this many writings less two reads again.</summary>
    private const int Slots = 8;

    private readonly TimebaseReading[] _slots = new TimebaseReading[Slots];
    private long _version;

    internal MeshTimebase(in TimebaseReading first) => _slots[0] = first;

    /// <summary>Mesh time and all that belongs to it, at one moment. Several questions are best asked of one reading.</summary>
    [RealtimeSafe]
    public TimebaseReading Read()
    {
        while (true)
        {
            long version = Volatile.Read(ref _version);
            TimebaseReading reading = _slots[version & (Slots - 1)];
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _version) - version <= Slots - 2)
            {
                return reading;
            }
        }
    }

    /// <summary>Where mesh time is from at present.</summary>
    public TimebaseState State => Read().State;

    /// <summary>The mesh time at a moment of this host's monotonic clock.</summary>
    [RealtimeSafe]
    public MeshTime ToMesh(MeshTime hostTime) => Read().Map.ToMesh(hostTime.Nanoseconds);

    /// <summary>This host's monotonic clock at a mesh time.</summary>
    [RealtimeSafe]
    public MeshTime ToHost(MeshTime meshTime) => new(Read().Map.ToSource(meshTime));

    /// <summary>How far <see cref="ToMesh"/> is from the reference's mesh time at most, nanoseconds.</summary>
    [RealtimeSafe]
    public double ErrorNsAt(MeshTime hostTime)
    {
        ClockMap map = Read().Map;
        return map.ErrorAt(map.ToMesh(hostTime.Nanoseconds));
    }

    /// <summary>For the one thread that runs the <see cref="TimeService"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Write(in TimebaseReading reading)
    {
        long next = _version + 1;
        _slots[next & (Slots - 1)] = reading;
        Interlocked.Exchange(ref _version, next); // a full barrier: the next writing does not begin before this one is seen
    }
}
