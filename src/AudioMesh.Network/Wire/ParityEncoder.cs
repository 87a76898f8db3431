// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;

namespace AudioMesh.Network.Wire;

/// <summary>Collects the exclusive or of a stream's packets. One thread; allocates nothing after construction.</summary>
public sealed class ParityEncoder
{
    private readonly byte[] _sum;
    private readonly int _packets;
    private uint _streamId;
    private uint _firstSequence;
    private int _count;
    private int _lengths;
    private int _longest;

    /// <summary>One parity for each <paramref name="packets"/>, 2 to 32, of at most <paramref name="packetBytes"/> bytes. Throws InvalidArgument.</summary>
    public ParityEncoder(int packets, int packetBytes)
    {
        Redundancy.Parity(packets).Check();
        _packets = packets;
        _sum = new byte[packetBytes];
    }

    /// <summary>Whether all packets of a group are in: <see cref="Write"/> it.</summary>
    public bool IsComplete => _count == _packets;

    /// <summary>Adds a packet as <see cref="AudioBody"/> wrote it. One that does not follow the last begins a new group, as does the one after a full group.</summary>
    public void Add(uint streamId, uint sequence, ReadOnlySpan<byte> packet)
    {
        if (IsComplete || _count == 0 || streamId != _streamId || sequence != _firstSequence + (uint)_count)
        {
            (_streamId, _firstSequence, _count, _lengths, _longest) = (streamId, sequence, 0, 0, 0);
            _sum.AsSpan().Clear();
        }

        Accumulate(_sum, packet);
        _count++;
        _lengths ^= packet.Length;
        _longest = Math.Max(_longest, packet.Length);
    }

    /// <summary>Writes the parity's body and returns its bytes.</summary>
    public int Write(Span<byte> body)
    {
        new ParityBody(_streamId, _firstSequence, _count, _lengths).Write(body);
        _sum.AsSpan(0, _longest).CopyTo(body[ParityBody.HeaderBytes..]);
        return ParityBody.HeaderBytes + _longest;
    }

    internal static void Accumulate(Span<byte> sum, ReadOnlySpan<byte> packet)
    {
        int whole = packet.Length - (packet.Length % Vector<byte>.Count);
        Span<Vector<byte>> sums = MemoryMarshal.Cast<byte, Vector<byte>>(sum[..whole]);
        ReadOnlySpan<Vector<byte>> values = MemoryMarshal.Cast<byte, Vector<byte>>(packet[..whole]);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] ^= values[i];
        }

        for (int i = whole; i < packet.Length; i++)
        {
            sum[i] ^= packet[i];
        }
    }
}
