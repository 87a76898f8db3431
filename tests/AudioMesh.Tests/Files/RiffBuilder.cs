// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace AudioMesh.Tests.Files;

/// <summary>Makes RIFF files as others write them, and wrong ones.</summary>
internal sealed class RiffBuilder
{
    private readonly List<byte> _bytes = [];

    public RiffBuilder(string id = "RIFF", string form = "WAVE")
    {
        _bytes.AddRange(Encoding.ASCII.GetBytes(id));
        _bytes.AddRange(new byte[4]);
        _bytes.AddRange(Encoding.ASCII.GetBytes(form));
    }

    /// <summary>Appends a chunk, padded to even size; <paramref name="size"/> is what its head says, the truth by default.</summary>
    public RiffBuilder Chunk(string id, ReadOnlySpan<byte> body, uint? size = null)
    {
        _bytes.AddRange(Encoding.ASCII.GetBytes(id));
        AddUInt32(size ?? (uint)body.Length);
        _bytes.AddRange(body);
        if (body.Length % 2 != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    public RiffBuilder Format(int tag, int channels, int rate, int bits, int? bytesPerFrame = null, ReadOnlySpan<byte> extension = default)
    {
        byte[] body = new byte[16 + extension.Length];
        int frame = bytesPerFrame ?? (channels * ((bits + 7) / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), rate * frame);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(12), (ushort)frame);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(14), (ushort)bits);
        extension.CopyTo(body.AsSpan(16));
        return Chunk("fmt ", body);
    }

    public RiffBuilder Ds64(ulong riffSize, ulong dataSize, ulong frames)
    {
        byte[] body = new byte[28];
        BinaryPrimitives.WriteUInt64LittleEndian(body, riffSize);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(8), dataSize);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(16), frames);
        return Chunk("ds64", body);
    }

    /// <summary>The file; <paramref name="riffSize"/> is what its head says, the truth by default.</summary>
    public byte[] Build(uint? riffSize = null)
    {
        byte[] file = [.. _bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), riffSize ?? (uint)(file.Length - 8));
        return file;
    }

    private void AddUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }
}
