// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Network.Bus;

/// <summary>Numbers that tell tables apart, the same on all hosts: FNV-1a (Fowler, Noll, Vo) and the mixer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). Against accidents, not against enemies.</summary>
internal static class BusHash
{
    private const ulong Basis = 0xcbf2_9ce4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01b3;

    public static ulong Of(string text) => Mix(Add(Basis, text));

    public static ulong Of(BusEntry entry)
    {
        ulong hash = Add(Add(Basis, entry.Key) * Prime, entry.Stamp.Origin) * Prime;
        hash = Mix(hash ^ (ulong)entry.Stamp.UtcNs);
        hash = Mix(hash ^ entry.Stamp.Counter ^ (entry.IsRemoved ? 1UL << 63 : 0));
        return Mix(Add(hash, entry.Value.Span));
    }

    private static ulong Add(ulong hash, string text)
    {
        Span<byte> bytes = stackalloc byte[BusLimits.SubjectBytes];
        return Add(hash, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
        return z ^ (z >> 31);
    }
}
