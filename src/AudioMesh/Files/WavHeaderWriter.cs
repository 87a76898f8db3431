// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Files;

/// <summary>
/// The bytes before the samples of a WAV file that we write: RIFF, a place kept for ds64 (EBU Tech 3306, Annex A), bext where there is a
/// time reference, fmt, fact for float, and the head of the data chunk.
/// </summary>
internal sealed class WavHeaderWriter
{
    private const int Ds64Bytes = 28;
    private const int ReservedOffset = 12;
    private const uint SizeElsewhere = 0xFFFFFFFF;

    private readonly byte[] _bytes;
    private readonly WavFormat _format;
    private readonly int _factOffset;
    private int _length;

    public WavHeaderWriter(WavFormat format, long? timeReference)
    {
        _format = format;
        _bytes = new byte[1024];
        "RIFF\0\0\0\0WAVE"u8.CopyTo(_bytes);
        _length = ReservedOffset;
        AddChunk("JUNK"u8, Ds64Bytes);
        if (timeReference is long frames)
        {
            BroadcastExtension.Write(AddChunk("bext"u8, BroadcastExtension.Bytes), frames);
        }

        AddFormat();
        if (format.Samples == FileSampleFormat.Float32)
        {
            _factOffset = _length + 8;
            AddChunk("fact"u8, sizeof(uint));
        }

        AddChunk("data"u8, 0);
        SetDataBytes(0);
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Makes the header right for <paramref name="dataBytes"/> of samples, as RIFF while 32 bits suffice, else as RF64.</summary>
    public void SetDataBytes(long dataBytes)
    {
        long riffBytes = _length - 8 + dataBytes + (dataBytes & 1);
        long frames = dataBytes / _format.BytesPerFrame;
        bool isLong = riffBytes >= SizeElsewhere;
        Span<byte> header = _bytes;
        (isLong ? "RF64"u8 : "RIFF"u8).CopyTo(header);
        PutSize(4, isLong ? SizeElsewhere : riffBytes);
        PutSize(_length - 4, isLong ? SizeElsewhere : dataBytes);
        if (_factOffset > 0)
        {
            PutSize(_factOffset, Math.Min(frames, SizeElsewhere));
        }

        Span<byte> reserved = header.Slice(ReservedOffset, 8 + Ds64Bytes);
        (isLong ? "ds64"u8 : "JUNK"u8).CopyTo(reserved);
        BinaryPrimitives.WriteInt64LittleEndian(reserved[8..], isLong ? riffBytes : 0);
        BinaryPrimitives.WriteInt64LittleEndian(reserved[16..], isLong ? dataBytes : 0);
        BinaryPrimitives.WriteInt64LittleEndian(reserved[24..], isLong ? frames : 0);
    }

    // Plain PCM is defined up to two channels of 16 bits; everything beyond is extensible.
    private void AddFormat()
    {
        bool isExtensible = _format.Channels > 2 || _format.BytesPerSample > 2;
        int bits = _format.BytesPerSample * 8;
        ushort codec = _format.Samples == FileSampleFormat.Float32 ? WavFormat.FloatTag : WavFormat.PcmTag;
        Span<byte> chunk = AddChunk("fmt "u8, isExtensible ? WavFormat.ExtensibleBytes : WavFormat.PlainBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk, isExtensible ? WavFormat.ExtensibleTag : codec);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk[2..], (ushort)_format.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(chunk[4..], _format.Rate);
        BinaryPrimitives.WriteInt32LittleEndian(chunk[8..], _format.Rate * _format.BytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk[12..], (ushort)_format.BytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(chunk[14..], (ushort)bits);
        if (isExtensible)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(chunk[16..], WavFormat.ExtensibleBytes - 18);
            BinaryPrimitives.WriteUInt16LittleEndian(chunk[18..], (ushort)bits);
            BinaryPrimitives.WriteUInt32LittleEndian(chunk[20..], SpeakersFor(_format.Channels));
            BinaryPrimitives.WriteUInt16LittleEndian(chunk[24..], codec);
            WavFormat.SubFormatTail.CopyTo(chunk[26..]);
        }
    }

    // Beyond stereo the channels are the engine's own, not loudspeakers of a known layout.
    private static uint SpeakersFor(int channels) => channels switch
    {
        1 => 0x4,
        2 => 0x3,
        _ => 0,
    };

    private Span<byte> AddChunk(ReadOnlySpan<byte> id, int size)
    {
        id.CopyTo(_bytes.AsSpan(_length));
        PutSize(_length + 4, size);
        _length += 8 + size;
        return _bytes.AsSpan(_length - size, size);
    }

    private void PutSize(int offset, long size) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(offset), (uint)size);
}
