// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>Counters of one thread that any thread reads.</summary>
[RealtimeSafe]
internal sealed class PacketCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<PacketCount>().Length];

    /// <summary>One of them.</summary>
    public long this[PacketCount count] => Volatile.Read(ref _counts[(int)count]);

    /// <summary>One more.</summary>
    public void Add(PacketCount count) => Volatile.Write(ref _counts[(int)count], _counts[(int)count] + 1);

    /// <summary>So many.</summary>
    public void Set(PacketCount count, long value) => Volatile.Write(ref _counts[(int)count], value);
}
