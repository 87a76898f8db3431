// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace AudioMesh.Network.Bus;

/// <summary>Reads a message field by field. What breaks a rule makes it, and all that follows, unsound and empty; nothing throws.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> frame)
{
    private ReadOnlySpan<byte> _rest = frame;

    public bool IsSound { get; private set; } = true;

    /// <summary>Whether it was sound, and nothing is left.</summary>
    public bool IsWhole => IsSound && _rest.IsEmpty;

    public byte Byte() => Take(1) is [byte value] ? value : (byte)0;

    public uint UInt32() => Take(sizeof(uint)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;

    public long Int64() => Take(sizeof(long)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : 0;

    /// <summary>A text of at least one character and at most <paramref name="mostBytes"/>.</summary>
    public string Text(int mostBytes)
    {
        int length = Byte();
        IsSound &= length > 0 && length <= mostBytes;
        ReadOnlySpan<byte> bytes = Take(length);
        IsSound &= Utf8.IsValid(bytes);
        return IsSound ? Encoding.UTF8.GetString(bytes) : "";
    }

    public string Subject()
    {
        string subject = Text(BusLimits.SubjectBytes);
        IsSound &= BusSubject.IsValid(subject);
        return subject;
    }

    /// <summary>The name of a table: a subject of one token.</summary>
    public string Table()
    {
        string name = Subject();
        IsSound &= !name.Contains('.', StringComparison.Ordinal);
        return name;
    }

    public ReadOnlySpan<byte> Bytes(int count) => Take(count);

    public ReadOnlySpan<byte> Rest(int most)
    {
        IsSound &= _rest.Length <= most;
        return IsSound ? _rest : default;
    }

    /// <summary>An entry, which is the rest.</summary>
    public BusEntry? Entry()
    {
        string key = Subject();
        long utcNs = Int64();
        uint counter = UInt32();
        string origin = Text(Wire.WireText.MostBytes);
        byte removed = Byte();
        ReadOnlySpan<byte> value = Rest(BusLimits.ValueBytes);
        IsSound &= utcNs is >= 0 and < BusClock.LatestNs && removed <= 1 && (removed == 0 || value.IsEmpty);
        return IsSound ? new BusEntry(key, value.ToArray(), new BusStamp(utcNs, counter, origin), removed == 1) : null;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        IsSound &= count <= _rest.Length;
        if (!IsSound)
        {
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
