// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class DitherTests
{
    private delegate void Conversion(ReadOnlySpan<float> source, Span<byte> destination, ref TpdfDither dither);

    [Test]
    public void Dithered_16_bit_equals_the_oracle_for_every_length() =>
        Check(2, 16, (ReadOnlySpan<float> source, Span<byte> destination, ref TpdfDither dither) =>
            SampleConvert.ToInt16(source, MemoryMarshal.Cast<byte, short>(destination), ref dither));

    [Test]
    public void Dithered_24_bit_equals_the_oracle_for_every_length() => Check(3, 24, SampleConvert.ToInt24);

    [Test]
    public void Dithered_24_in_32_bit_equals_the_oracle_for_every_length() =>
        Check(4, 24, (ReadOnlySpan<float> source, Span<byte> destination, ref TpdfDither dither) =>
            SampleConvert.ToInt24In32(source, MemoryMarshal.Cast<byte, int>(destination), ref dither));

    [Test]
    public void Dithered_32_bit_equals_the_oracle_for_every_length() =>
        Check(4, 32, (ReadOnlySpan<float> source, Span<byte> destination, ref TpdfDither dither) =>
            SampleConvert.ToInt32(source, MemoryMarshal.Cast<byte, int>(destination), ref dither));

    [Test]
    public void The_error_has_mean_0_and_a_quarter_of_a_step_squared_wherever_the_signal_is()
    {
        const int count = 1 << 18;
        float[] samples = new float[count];
        short[] quantized = new short[count];
        foreach (float level in (float[])[0f, 0.1f, 0.25f, 0.5f, 0.9f, -3.3f])
        {
            TpdfDither dither = new(99);
            Array.Fill(samples, level / 32768);
            SampleConvert.ToInt16(samples, quantized, ref dither);
            double mean = 0, square = 0, neighbours = 0;
            for (int i = 0; i < count; i++)
            {
                double error = quantized[i] - level;
                mean += error / count;
                square += error * error / count;
                neighbours += i > 0 ? error * (quantized[i - 1] - level) / count : 0;
            }

            Assert.That(mean, Is.EqualTo(0).Within(0.004), $"mean at {level}");
            Assert.That(square, Is.EqualTo(0.25).Within(0.004), $"power at {level}");
            Assert.That(neighbours, Is.EqualTo(0).Within(0.004), $"correlation at {level}");
        }
    }

    [Test]
    public void A_stream_cut_into_blocks_is_the_same_stream()
    {
        float[] samples = Signals.Noise(1000);
        short[] whole = new short[1000];
        short[] cut = new short[1000];
        TpdfDither one = new(5), other = new(5);
        SampleConvert.ToInt16(samples, whole, ref one);
        for (int i = 0, length = 1; i < 1000; i += length, length = (length * 2 % 61) + 1)
        {
            length = Math.Min(length, 1000 - i);
            SampleConvert.ToInt16(samples.AsSpan(i, length), cut.AsSpan(i), ref other);
        }

        Assert.That(cut, Is.EqualTo(whole));
    }

    private static void Check(int bytes, int bits, Conversion conversion)
    {
        float[] wild = Signals.Wild(1024);
        using GuardedSpans<float> sources = new(1024);
        using GuardedSpans<byte> destinations = new(4 * 1024);
        for (int count = 0; count <= 1024; count++)
        {
            byte[] expected = new byte[count * bytes];
            for (int i = 0; i < count; i++)
            {
                long value = Quantize(wild[i], bits, 4_000_000_000u + (uint)count + (uint)i);
                for (int place = 0; place < bytes; place++)
                {
                    expected[(i * bytes) + place] = (byte)(value >> (8 * place));
                }
            }

            TpdfDither dither = new(4_000_000_000u + (uint)count);
            Span<byte> actual = destinations.Last(count * bytes);
            conversion(sources.LastHolding(wild.AsSpan(0, count)), actual, ref dither);
            Signals.AssertSame<byte>(actual, expected, $"length {count}");
        }
    }

    private static long Quantize(float sample, int bits, uint x)
    {
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;
        x ^= x >> 16;
        float dither = ((int)((x & 0xFFFF) + (x >> 16)) - 65535) / 65536f;
        float scale = MathF.Pow(2, bits - 1);
        float scaled = ((float.IsNaN(sample) ? 0 : sample) * scale) + dither;
        return (long)Math.Clamp(Math.Round((double)scaled, MidpointRounding.ToEven), -(double)scale, (double)scale - 1);
    }
}
