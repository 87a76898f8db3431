// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace AudioMesh.Realtime;

/// <summary>Marshals values as the D-Bus specification says: little endian, aligned to their own size.</summary>
internal sealed class DBusWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public void Align(int size)
    {
        while (_bytes.Count % size != 0)
        {
            _bytes.Add(0);
        }
    }

    public void WriteByte(byte value) => _bytes.Add(value);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void WriteUInt32(uint value)
    {
        Align(4);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    public void WriteUInt64(ulong value)
    {
        Align(8);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    public void WriteString(string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        WriteUInt32((uint)text.Length);
        _bytes.AddRange(text);
        _bytes.Add(0);
    }

    public void WriteSignature(string value)
    {
        _bytes.Add((byte)value.Length);
        _bytes.AddRange(Encoding.ASCII.GetBytes(value));
        _bytes.Add(0);
    }
}
