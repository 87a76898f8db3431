// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>Says which segments of a <see cref="BusBody"/>'s epoch have come.</summary>
/// <param name="Receiver">Who sent them.</param>
/// <param name="Epoch">Of which epoch.</param>
/// <param name="Next">The first segment that has not come.</param>
/// <param name="Beyond">Which have come behind that: bit 0 is segment <paramref name="Next"/> + 1.</param>
/// <param name="IsBroken">Whether segments are missing that the sender has no longer: it has to begin a new epoch.</param>
public readonly record struct BusAckBody(ulong Receiver, uint Epoch, uint Next, ulong Beyond, bool IsBroken)
{
    /// <summary>Bytes of the body.</summary>
    public const int Bytes = 25;

    /// <summary>Writes <see cref="Bytes"/>.</summary>
    public int Write(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt64BigEndian(body, Receiver);
        BinaryPrimitives.WriteUInt32BigEndian(body[8..], Epoch);
        BinaryPrimitives.WriteUInt32BigEndian(body[12..], Next);
        BinaryPrimitives.WriteUInt64BigEndian(body[16..], Beyond);
        body[24] = IsBroken ? (byte)1 : (byte)0;
        return Bytes;
    }

    /// <summary>Reads a whole body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out BusAckBody ack)
    {
        bool isSound = body.Length == Bytes && body[24] <= 1;
        ack = isSound
            ? new BusAckBody(
                BinaryPrimitives.ReadUInt64BigEndian(body),
                BinaryPrimitives.ReadUInt32BigEndian(body[8..]),
                BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
                BinaryPrimitives.ReadUInt64BigEndian(body[16..]),
                body[24] == 1)
            : default;
        return isSound;
    }
}
