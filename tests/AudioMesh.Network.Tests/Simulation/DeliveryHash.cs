// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>Tells runs apart: one number over all that was delivered, where and when. After FNV-1a, eight bytes at a time.</summary>
internal struct DeliveryHash()
{
    private const ulong Prime = 0x100000001b3;

    public ulong Value { get; private set; } = 0xcbf29ce484222325;

    public void Add(long trueNs, int host, ReadOnlySpan<byte> datagram)
    {
        Add((ulong)trueNs);
        Add(((ulong)host << 32) | (uint)datagram.Length);
        for (; datagram.Length >= 8; datagram = datagram[8..])
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(datagram));
        }

        foreach (byte one in datagram)
        {
            Add(one);
        }
    }

    private void Add(ulong word)
    {
        Value = (Value ^ word) * Prime;
        Value ^= Value >> 32;
    }
}
