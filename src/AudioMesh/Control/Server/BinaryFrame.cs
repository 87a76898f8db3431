// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Control.Server;

/// <summary>The binary framing of docs/control-protocol.md: a hello of 8 bytes both ways, then frames of a header of 8 bytes and the message.</summary>
internal static class BinaryFrame
{
    public const int HelloBytes = 8;
    public const int HeaderBytes = 8;
    public const uint Version = 0;
    public const byte Request = 1;
    public const byte Reply = 2;
    public const byte Event = 3;

    /// <summary>What a hello begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "AMB0"u8;

    public static byte[] Hello()
    {
        byte[] hello = new byte[HelloBytes];
        Magic.CopyTo(hello);
        BinaryPrimitives.WriteUInt32LittleEndian(hello.AsSpan(Magic.Length), Version);
        return hello;
    }

    /// <summary>Writes the header of a message of <paramref name="bytes"/> bytes.</summary>
    public static void WriteHeader(Span<byte> header, byte kind, int bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, bytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], kind);
    }

    /// <summary>The length of the request that <paramref name="header"/> announces. Throws Protocol for anything but a request of at most <paramref name="maxBytes"/>.</summary>
    public static int RequestLength(ReadOnlySpan<byte> header, int maxBytes)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length > (uint)maxBytes)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"A frame of {length} bytes is longer than {maxBytes}.");
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Request
            ? (int)length
            : throw new AudioMeshException(AudioErrorKind.Protocol, "A frame is no request: its bytes 4 to 7 have to be 1, 0, 0, 0.");
    }
}
