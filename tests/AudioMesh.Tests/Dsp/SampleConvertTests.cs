// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class SampleConvertTests
{
    private delegate void Conversion<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> destination);

    [Test]
    public void Every_16_bit_value_survives_the_way_to_float_and_back() =>
        SurvivesToFloatAndBack(AllInt16(), SampleConvert.FromInt16, SampleConvert.ToInt16);

    [Test]
    public void Every_8_bit_value_survives_the_way_to_float_and_back()
    {
        byte[] all = new byte[256];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (byte)i;
        }

        SurvivesToFloatAndBack(all, SampleConvert.FromUInt8, SampleConvert.ToUInt8);
    }

    [Test]
    public void Every_24_bit_value_survives_the_way_to_float_and_back()
    {
        int[] values = new int[1 << 24];
        byte[] packed = new byte[3 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i - (1 << 23);
            packed[3 * i] = (byte)values[i];
            packed[(3 * i) + 1] = (byte)(values[i] >> 8);
            packed[(3 * i) + 2] = (byte)(values[i] >> 16);
        }

        float[] floats = new float[values.Length];
        int[] back = new int[values.Length];
        byte[] packedBack = new byte[packed.Length];
        SampleConvert.FromInt24In32(values, floats);
        SampleConvert.ToInt24In32(floats, back);
        Signals.AssertSame<int>(back, values, "24 in 32");
        floats.AsSpan().Clear();
        SampleConvert.FromInt24(packed, floats);
        SampleConvert.ToInt24(floats, packedBack);
        Signals.AssertSame<byte>(packedBack, packed, "24 packed");
    }

    [Test]
    public void The_top_byte_of_24_in_32_is_not_looked_at()
    {
        int[] dirty = [0x7F000001, unchecked((int)0x80FFFFFF), 0x12800000, unchecked((int)0xFF7FFFFF), 0x01000000];
        float[] floats = new float[5];
        SampleConvert.FromInt24In32(dirty, floats);
        Assert.That(floats, Is.EqualTo(new[] { 1f / 8388608, -1f / 8388608, -1f, 8388607f / 8388608, 0f }));
    }

    [Test]
    public void Float_to_16_bit_equals_the_oracle() =>
        Check<short>(SampleConvert.ToInt16, sample => (short)Quantize(sample, 16));

    [Test]
    public void Float_to_8_bit_equals_the_oracle() =>
        Check<byte>(SampleConvert.ToUInt8, sample => (byte)(Quantize(sample, 8) + 128));

    [Test]
    public void Float_to_24_in_32_equals_the_oracle() =>
        Check<int>(SampleConvert.ToInt24In32, sample => (int)Quantize(sample, 24));

    [Test]
    public void Float_to_32_bit_equals_the_oracle() =>
        Check<int>(SampleConvert.ToInt32, sample => (int)Quantize(sample, 32));

    [Test]
    public void Float_to_packed_24_bit_equals_the_oracle() =>
        Check<Packed24>(
            (source, destination) => SampleConvert.ToInt24(source, MemoryMarshal.AsBytes(destination)),
            sample => new Packed24((int)Quantize(sample, 24)));

    [Test]
    public void Packed_24_bit_to_float_equals_the_oracle_for_every_length()
    {
        byte[] bytes = new byte[3 * 1024];
        new Random(3).NextBytes(bytes);
        using GuardedSpans<byte> sources = new(3 * 1024);
        using GuardedSpans<float> destinations = new(1024);
        for (int count = 0; count <= 1024; count++)
        {
            Span<float> actual = destinations.Last(count);
            SampleConvert.FromInt24(sources.LastHolding(bytes.AsSpan(0, 3 * count)), actual);
            for (int i = 0; i < actual.Length; i++)
            {
                int value = bytes[3 * i] | (bytes[(3 * i) + 1] << 8) | ((sbyte)bytes[(3 * i) + 2] << 16);
                float expected = value / 8388608f;
                if (actual[i] != expected)
                {
                    Assert.Fail($"length {count}: sample {i} is {actual[i]:R}, not {expected:R}");
                }
            }
        }
    }

    [Test]
    public void Integers_to_float_equal_the_oracle_for_every_length()
    {
        byte[] bytes = new byte[4 * 1024];
        new Random(4).NextBytes(bytes);
        CheckFrom<short>(bytes, SampleConvert.FromInt16, value => value / 32768f);
        CheckFrom<byte>(bytes, SampleConvert.FromUInt8, value => (value - 128) / 128f);
        CheckFrom<int>(bytes, SampleConvert.FromInt32, value => (float)(value / 2147483648.0));
        CheckFrom<int>(bytes, SampleConvert.FromInt24In32, value => (value << 8 >> 8) / 8388608f);
        CheckFrom<double>(bytes, SampleConvert.FromFloat64, value => (float)value);
    }

    [Test]
    public void Ties_go_to_even_and_full_scale_saturates()
    {
        float[] samples = [0.5f / 32768, 1.5f / 32768, -0.5f / 32768, -1.5f / 32768, 1f, -1f, 2f, -2f, float.NaN];
        short[] quantized = new short[samples.Length];
        SampleConvert.ToInt16(samples, quantized);
        Assert.That(quantized, Is.EqualTo(new short[] { 0, 2, 0, -2, 32767, -32768, 32767, -32768, 0 }));
    }

    [Test]
    public void Float_converts_to_narrower_samples_in_its_own_memory()
    {
        float[] samples = Signals.Wild(1001);
        short[] expected = Array.ConvertAll(samples, sample => (short)Quantize(sample, 16));
        SampleConvert.ToInt16(samples, MemoryMarshal.Cast<float, short>(samples.AsSpan()));
        Signals.AssertSame(MemoryMarshal.Cast<float, short>(samples.AsSpan())[..1001], expected, "16 bit in place");

        samples = Signals.Wild(1001);
        int[] expected32 = Array.ConvertAll(samples, sample => (int)Quantize(sample, 32));
        SampleConvert.ToInt32(samples, MemoryMarshal.Cast<float, int>(samples.AsSpan()));
        Signals.AssertSame(MemoryMarshal.Cast<float, int>(samples.AsSpan()), expected32, "32 bit in place");
    }

    private static double Quantize(float sample, int bits)
    {
        double scale = Math.Pow(2, bits - 1);
        return float.IsNaN(sample) ? 0 : Math.Clamp(Math.Round(sample * scale, MidpointRounding.ToEven), -scale, scale - 1);
    }

    private static short[] AllInt16()
    {
        short[] all = new short[65536];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (short)(i - 32768);
        }

        return all;
    }

    private static void SurvivesToFloatAndBack<T>(T[] values, Conversion<T, float> toFloat, Conversion<float, T> fromFloat)
        where T : struct, IEquatable<T>
    {
        float[] floats = new float[values.Length];
        T[] back = new T[values.Length];
        toFloat(values, floats);
        fromFloat(floats, back);
        Signals.AssertSame<T>(back, values, typeof(T).Name);
        Assert.That(floats, Has.All.InRange(-1f, 1f));
    }

    private static void Check<T>(Conversion<float, T> conversion, Converter<float, T> oracle)
        where T : unmanaged, IEquatable<T>
    {
        float[] samples = Signals.Wild(1024);
        T[] expected = Array.ConvertAll(samples, oracle);
        using GuardedSpans<float> sources = new(1024);
        using GuardedSpans<T> destinations = new(1024);
        for (int count = 0; count <= 1024; count++)
        {
            destinations.All.Clear();
            conversion(sources.LastHolding(samples.AsSpan(0, count)), destinations.Last(count));
            Signals.AssertSame<T>(destinations.Last(count), expected.AsSpan(0, count), $"length {count}");
            Assert.That(destinations.All[..^count].IndexOfAnyExcept(default(T)), Is.Negative, $"before length {count}");
        }
    }

    private static void CheckFrom<T>(byte[] bytes, Conversion<T, float> conversion, Converter<T, float> oracle)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(bytes);
        values = values[..Math.Min(values.Length, 1024)];
        using GuardedSpans<T> sources = new(values.Length);
        using GuardedSpans<float> destinations = new(values.Length);
        float[] expected = new float[values.Length];
        for (int count = 0; count <= values.Length; count++)
        {
            conversion(sources.LastHolding(values[..count]), destinations.Last(count));
            Signals.AssertSame(destinations.Last(count), expected.AsSpan(0, count), $"{typeof(T).Name}, length {count}");
            if (count < values.Length)
            {
                expected[count] = oracle(values[count]);
            }
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Packed24(byte Low, byte Middle, byte High)
    {
        public Packed24(int value)
            : this((byte)value, (byte)(value >> 8), (byte)(value >> 16))
        {
        }
    }
}
