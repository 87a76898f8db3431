// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class BigEndianTests
{
    private delegate void Conversion(ReadOnlySpan<float> source, Span<byte> destination);

    private delegate void Dithered(ReadOnlySpan<float> source, Span<byte> destination, ref TpdfDither dither);

    private delegate void Back(ReadOnlySpan<byte> source, Span<float> destination);

    [Test]
    public void Sixteen_bits_are_the_little_endian_bytes_the_other_way_round() => Check(
        2,
        (source, destination) => SampleConvert.ToInt16(source, MemoryMarshal.Cast<byte, short>(destination)),
        (source, destination) => SampleConvert.ToInt16BigEndian(source, MemoryMarshal.Cast<byte, short>(destination)),
        (source, destination) => SampleConvert.FromInt16(MemoryMarshal.Cast<byte, short>(source), destination),
        (source, destination) => SampleConvert.FromInt16BigEndian(MemoryMarshal.Cast<byte, short>(source), destination));

    [Test]
    public void Twenty_four_bits_are_the_little_endian_bytes_the_other_way_round() =>
        Check(3, SampleConvert.ToInt24, SampleConvert.ToInt24BigEndian, SampleConvert.FromInt24, SampleConvert.FromInt24BigEndian);

    [Test]
    public void Thirty_two_bits_are_the_little_endian_bytes_the_other_way_round() => Check(
        4,
        (source, destination) => SampleConvert.ToInt32(source, MemoryMarshal.Cast<byte, int>(destination)),
        (source, destination) => SampleConvert.ToInt32BigEndian(source, MemoryMarshal.Cast<byte, int>(destination)),
        (source, destination) => SampleConvert.FromInt32(MemoryMarshal.Cast<byte, int>(source), destination),
        (source, destination) => SampleConvert.FromInt32BigEndian(MemoryMarshal.Cast<byte, int>(source), destination));

    [Test]
    public void Dither_adds_the_same_in_both_byte_orders()
    {
        CheckDithered(
            2,
            (ReadOnlySpan<float> source, Span<byte> to, ref TpdfDither dither) =>
                SampleConvert.ToInt16(source, MemoryMarshal.Cast<byte, short>(to), ref dither),
            (ReadOnlySpan<float> source, Span<byte> to, ref TpdfDither dither) =>
                SampleConvert.ToInt16BigEndian(source, MemoryMarshal.Cast<byte, short>(to), ref dither));
        CheckDithered(3, SampleConvert.ToInt24, SampleConvert.ToInt24BigEndian);
        CheckDithered(
            4,
            (ReadOnlySpan<float> source, Span<byte> to, ref TpdfDither dither) =>
                SampleConvert.ToInt32(source, MemoryMarshal.Cast<byte, int>(to), ref dither),
            (ReadOnlySpan<float> source, Span<byte> to, ref TpdfDither dither) =>
                SampleConvert.ToInt32BigEndian(source, MemoryMarshal.Cast<byte, int>(to), ref dither));
    }

    private static void Check(int bytes, Conversion toLittle, Conversion toBig, Back fromLittle, Back fromBig)
    {
        float[] wild = Signals.Wild(1024);
        float[] back = new float[1024];
        using GuardedSpans<float> sources = new(1024);
        using GuardedSpans<byte> destinations = new(4 * 1024);
        for (int count = 0; count <= 1024; count++)
        {
            byte[] little = new byte[count * bytes];
            Span<float> source = sources.LastHolding(wild.AsSpan(0, count));
            Span<byte> big = destinations.Last(count * bytes);
            toLittle(source, little);
            toBig(source, big);
            fromLittle(little, back);
            fromBig(big, source);
            Signals.AssertSame(source, back.AsSpan(0, count), $"back, length {count}");
            Turn(little, bytes);
            Signals.AssertSame<byte>(big, little, $"length {count}");
        }
    }

    private static void CheckDithered(int bytes, Dithered toLittle, Dithered toBig)
    {
        float[] samples = Signals.Wild(1001);
        byte[] little = new byte[1001 * bytes];
        byte[] big = new byte[1001 * bytes];
        TpdfDither one = new(3), other = new(3);
        toLittle(samples, little, ref one);
        toBig(samples, big, ref other);
        Turn(little, bytes);
        Signals.AssertSame<byte>(big, little, $"{bytes} bytes");
    }

    private static void Turn(Span<byte> samples, int bytes)
    {
        for (int i = 0; i < samples.Length; i += bytes)
        {
            samples.Slice(i, bytes).Reverse();
        }
    }
}
