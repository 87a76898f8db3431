// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Impairment;

/// <summary>What a link does to one packet.</summary>
/// <param name="Loss">Why it is lost, if it is; the rest says nothing then.</param>
/// <param name="Release">When it comes out at the other end.</param>
/// <param name="CopyRelease">When it comes out for the second time; unknown for never.</param>
/// <param name="DamageSeed">Which bits are flipped.</param>
/// <param name="DamagedBits">How many; 0 for none.</param>
public readonly record struct PacketFate(PacketLoss Loss, MeshTime Release, MeshTime CopyRelease, ulong DamageSeed, int DamagedBits)
{
    /// <summary>Whether it comes out at all.</summary>
    public bool IsDelivered => Loss == PacketLoss.None;

    /// <summary>Whether it comes out twice.</summary>
    public bool IsCopied => CopyRelease.IsKnown;

    /// <summary>Flips the bits of <paramref name="datagram"/> that this packet is to lose; none where it stays as it is. Allocates nothing.</summary>
    public void Damage(Span<byte> datagram)
    {
        if (DamagedBits == 0 || datagram.IsEmpty)
        {
            return;
        }

        Pcg32 random = new(DamageSeed);
        for (int i = 0; i < DamagedBits; i++)
        {
            int bit = random.NextBelow(datagram.Length * 8);
            datagram[bit >> 3] ^= (byte)(1 << (bit & 7));
        }
    }
}
