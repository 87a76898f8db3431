// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Files;

/// <summary>The <c>bext</c> chunk of broadcast wave files (EBU Tech 3285), of which we keep the time reference.</summary>
internal static class BroadcastExtension
{
    /// <summary>The chunk without a coding history.</summary>
    public const int Bytes = 602;

    /// <summary>The chunk up to and with its time reference.</summary>
    public const int BytesToTimeReference = TimeReferenceOffset + sizeof(long);

    private const int OriginatorOffset = 256;
    private const int TimeReferenceOffset = 338;
    private const int VersionOffset = 346;

    /// <summary>The time reference in the chunk's first bytes, null where the chunk is too short or its value no frame count.</summary>
    public static long? ReadTimeReference(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < BytesToTimeReference)
        {
            return null;
        }

        long frames = BinaryPrimitives.ReadInt64LittleEndian(chunk[TimeReferenceOffset..]);
        return frames >= 0 ? frames : null;
    }

    /// <summary>Writes a version 1 chunk into <paramref name="chunk"/>, <see cref="Bytes"/> zeroed bytes.</summary>
    public static void Write(Span<byte> chunk, long timeReference)
    {
        "AudioMesh"u8.CopyTo(chunk[OriginatorOffset..]);
        BinaryPrimitives.WriteInt64LittleEndian(chunk[TimeReferenceOffset..], timeReference);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk[VersionOffset..], 1);
    }
}
