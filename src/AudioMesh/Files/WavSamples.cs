// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;

namespace AudioMesh.Files;

/// <summary>Between the bytes of a data chunk and floats.</summary>
internal static class WavSamples
{
    public static void Decode(FileSampleFormat format, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        switch (format)
        {
            case FileSampleFormat.Int8:
                SampleConvert.FromUInt8(bytes, samples);
                break;
            case FileSampleFormat.Int16:
                SampleConvert.FromInt16(MemoryMarshal.Cast<byte, short>(bytes), samples);
                break;
            case FileSampleFormat.Int24:
                SampleConvert.FromInt24(bytes, samples);
                break;
            case FileSampleFormat.Int32:
                SampleConvert.FromInt32(MemoryMarshal.Cast<byte, int>(bytes), samples);
                break;
            case FileSampleFormat.Float64:
                SampleConvert.FromFloat64(MemoryMarshal.Cast<byte, double>(bytes), samples);
                break;
            default:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(samples);
                break;
        }
    }

    public static void Encode(FileSampleFormat format, ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        switch (format)
        {
            case FileSampleFormat.Int16:
                SampleConvert.ToInt16(samples, MemoryMarshal.Cast<byte, short>(bytes));
                break;
            case FileSampleFormat.Int24:
                SampleConvert.ToInt24(samples, bytes);
                break;
            case FileSampleFormat.Int32:
                SampleConvert.ToInt32(samples, MemoryMarshal.Cast<byte, int>(bytes));
                break;
            default:
                samples.CopyTo(MemoryMarshal.Cast<byte, float>(bytes));
                break;
        }
    }
}
