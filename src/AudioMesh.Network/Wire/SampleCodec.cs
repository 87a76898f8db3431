// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Wire;

/// <summary>Samples of one channel as they travel uncompressed. Any thread.</summary>
[RealtimeSafe]
public static class SampleCodec
{
    /// <summary>Bytes of a sample on the wire; 0 for Opus, which has no such number.</summary>
    public static int BytesPerSample(SampleEncoding encoding) => encoding switch
    {
        SampleEncoding.Float32 => 4,
        SampleEncoding.Int24 => 3,
        SampleEncoding.Int16 => 2,
        _ => 0,
    };

    /// <summary>Writes all of <paramref name="samples"/> to <paramref name="bytes"/>, which has room for them. Not for Opus.</summary>
    public static void Encode(SampleEncoding encoding, ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        switch (encoding)
        {
            case SampleEncoding.Float32:
                Turn(MemoryMarshal.AsBytes(samples), bytes);
                break;
            case SampleEncoding.Int24:
                SampleConvert.ToInt24BigEndian(samples, bytes);
                break;
            default:
                SampleConvert.ToInt16BigEndian(samples, MemoryMarshal.Cast<byte, short>(bytes));
                break;
        }
    }

    /// <summary>Reads as many samples as <paramref name="samples"/> has room for and <paramref name="bytes"/> has. What is no finite number becomes 0. Not for Opus.</summary>
    public static void Decode(SampleEncoding encoding, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        switch (encoding)
        {
            case SampleEncoding.Float32:
                Turn(bytes, MemoryMarshal.AsBytes(samples));
                ZeroWhatIsNotFinite(samples[..Math.Min(samples.Length, bytes.Length / sizeof(float))]);
                break;
            case SampleEncoding.Int24:
                SampleConvert.FromInt24BigEndian(bytes, samples);
                break;
            default:
                SampleConvert.FromInt16BigEndian(MemoryMarshal.Cast<byte, short>(bytes), samples);
                break;
        }
    }

    private static void Turn(ReadOnlySpan<byte> from, Span<byte> to)
    {
        ReadOnlySpan<int> source = MemoryMarshal.Cast<byte, int>(from);
        Span<int> destination = MemoryMarshal.Cast<byte, int>(to);
        int count = Math.Min(source.Length, destination.Length);
        BinaryPrimitives.ReverseEndianness(source[..count], destination[..count]);
    }

    // An exponent of all ones is infinite or no number.
    private static void ZeroWhatIsNotFinite(Span<float> samples)
    {
        const int Exponent = 0x7F80_0000;
        Span<int> bits = MemoryMarshal.Cast<float, int>(samples);
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = (bits[i] & Exponent) == Exponent ? 0 : bits[i];
        }
    }
}
