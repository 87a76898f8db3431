// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Files;

/// <summary>
/// What a <c>fmt </c> chunk says, checked (Microsoft, Multimedia Data Standards Update, and WAVEFORMATEXTENSIBLE).
/// Samples narrower than their bytes are left-justified, so they read as the full width.
/// </summary>
internal readonly record struct WavFormat(FileSampleFormat Samples, int Channels, int Rate)
{
    public const int PlainBytes = 16;
    public const int ExtensibleBytes = 40;
    public const ushort PcmTag = 1;
    public const ushort FloatTag = 3;
    public const ushort ExtensibleTag = 0xFFFE;

    public int BytesPerSample => Samples switch
    {
        FileSampleFormat.Int8 => 1,
        FileSampleFormat.Int16 => 2,
        FileSampleFormat.Int24 => 3,
        FileSampleFormat.Float64 => 8,
        _ => 4,
    };

    public int BytesPerFrame => BytesPerSample * Channels;

    /// <summary>KSDATAFORMAT_SUBTYPE: the codec's tag comes before these bytes.</summary>
    public static ReadOnlySpan<byte> SubFormatTail => [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>Reads the chunk's first bytes. Throws FileInvalid or FormatUnsupported.</summary>
    public static WavFormat Parse(string path, ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < PlainBytes)
        {
            throw FileErrors.Invalid(path, $"its fmt chunk has {chunk.Length} bytes, fewer than {PlainBytes}");
        }

        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int bytesPerFrame = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        FileChecks.Shape(path, rate, channels);
        return new WavFormat(SamplesOf(path, CodecOf(path, chunk), bits, channels, bytesPerFrame), channels, (int)rate);
    }

    /// <summary>What <paramref name="options"/> ask for. Throws FormatUnsupported for what WAV files are not written with.</summary>
    public static WavFormat ToWrite(string path, AudioFileOptions options)
    {
        FileSampleFormat samples = options.Format ?? FileSampleFormat.Float32;
        return samples is FileSampleFormat.Int16 or FileSampleFormat.Int24 or FileSampleFormat.Int32 or FileSampleFormat.Float32
            ? new WavFormat(samples, options.Channels, options.Rate)
            : throw FileErrors.Unsupported(path, $"WAV files are written as Int16, Int24, Int32 or Float32, not {samples}");
    }

    private static ushort CodecOf(string path, ReadOnlySpan<byte> chunk)
    {
        ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag != ExtensibleTag)
        {
            return tag;
        }

        if (chunk.Length < ExtensibleBytes)
        {
            throw FileErrors.Invalid(path, $"its extensible fmt chunk has {chunk.Length} bytes, fewer than {ExtensibleBytes}");
        }

        return chunk[26..ExtensibleBytes].SequenceEqual(SubFormatTail)
            ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..])
            : throw FileErrors.Unsupported(path, $"WAV sub-format {new Guid(chunk[24..ExtensibleBytes])} is not PCM or float");
    }

    private static FileSampleFormat SamplesOf(string path, ushort codec, int bits, int channels, int bytesPerFrame)
    {
        if (codec is not PcmTag and not FloatTag)
        {
            throw FileErrors.Unsupported(path, $"WAV codec 0x{codec:X4} is not PCM or float");
        }

        int bytes = bytesPerFrame / channels;
        if (bits == 0 || bytes * channels != bytesPerFrame || bytes * 8 < bits)
        {
            throw FileErrors.Invalid(path, $"{bits} bits in {channels} channels cannot take {bytesPerFrame} bytes a frame");
        }

        return (codec, bytes) switch
        {
            (PcmTag, 1) => FileSampleFormat.Int8,
            (PcmTag, 2) => FileSampleFormat.Int16,
            (PcmTag, 3) => FileSampleFormat.Int24,
            (PcmTag, 4) => FileSampleFormat.Int32,
            (FloatTag, 4) when bits == 32 => FileSampleFormat.Float32,
            (FloatTag, 8) when bits == 64 => FileSampleFormat.Float64,
            _ => throw FileErrors.Unsupported(path, $"{bits}-bit {(codec == PcmTag ? "PCM" : "float")} samples"),
        };
    }
}
