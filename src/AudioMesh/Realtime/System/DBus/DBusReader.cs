// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace AudioMesh.Realtime;

/// <summary>Reads marshalled values and trusts no length in them: whatever does not fit is a <see cref="DBusException"/>.</summary>
internal ref struct DBusReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly int Position => _position;

    public void Skip(int count) => Take(count);

    public void Align(int size) => Take((size - (_position % size)) % size);

    public byte ReadByte() => Take(1)[0];

    public uint ReadUInt32()
    {
        Align(4);
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    }

    public string ReadString() => ReadText(ReadUInt32());

    public string ReadSignature() => ReadText(ReadByte());

    /// <summary>A value of any integer type.</summary>
    public long ReadInteger(char type)
    {
        int size = type switch
        {
            'y' => 1,
            'n' or 'q' => 2,
            'i' or 'u' or 'b' => 4,
            'x' or 't' => 8,
            _ => throw new DBusException($"a value of type '{type}' is no integer."),
        };

        Align(size);
        ReadOnlySpan<byte> value = Take(size);
        return type switch
        {
            'y' => value[0],
            'n' => BinaryPrimitives.ReadInt16LittleEndian(value),
            'q' => BinaryPrimitives.ReadUInt16LittleEndian(value),
            'i' => BinaryPrimitives.ReadInt32LittleEndian(value),
            'u' or 'b' => BinaryPrimitives.ReadUInt32LittleEndian(value),
            _ => BinaryPrimitives.ReadInt64LittleEndian(value),
        };
    }

    private string ReadText(uint length)
    {
        if (length >= (uint)(_bytes.Length - _position))
        {
            throw new DBusException($"a text of {length} bytes does not fit its message.");
        }

        ReadOnlySpan<byte> text = Take((int)length);
        return Take(1)[0] == 0 ? Encoding.UTF8.GetString(text) : throw new DBusException("a text does not end in zero.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw new DBusException("a message ends too early.");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
