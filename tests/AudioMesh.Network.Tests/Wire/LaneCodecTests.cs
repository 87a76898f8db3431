// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

public sealed unsafe class LaneCodecTests
{
    private const int Rate = 48_000;

    [TestCase(SampleEncoding.Float32, 0)]
    [TestCase(SampleEncoding.Int24, 1.0 / (1 << 24))]
    [TestCase(SampleEncoding.Int16, 1.0 / (1 << 16))]
    public void Samples_come_out_as_they_went_in(SampleEncoding encoding, double error)
    {
        foreach (int channels in (int[])[1, 2, 7])
        {
            float[][] sound = [.. Enumerable.Range(0, channels).Select(c => Noise(100, (ulong)c))];
            float[][] heard = [.. Enumerable.Range(0, channels).Select(_ => new float[100])];
            using LaneEncoder encoder = new(encoding, Rate, channels, 64);
            using LaneDecoder decoder = new(encoding, Rate, channels, 64);
            byte[] payload = new byte[encoder.MostBytes];
            int bytes = encoder.Encode(sound, 11, 64, payload);
            Assert.That(bytes, Is.EqualTo(channels * 64 * SampleCodec.BytesPerSample(encoding)));
            Assert.That(decoder.TryDecode(payload.AsSpan(0, bytes), heard, 20, 64));
            for (int channel = 0; channel < channels; channel++)
            {
                Assert.That(heard[channel][20..84].Zip(sound[channel][11..75], (a, b) => Math.Abs((double)a - b)).Max(), Is.LessThanOrEqualTo(error));
                Assert.That(heard[channel][..20].Concat(heard[channel][84..]), Is.All.Zero);
            }
        }
    }

    [TestCase(SampleEncoding.Float32, 0.5f, "3F000000")]
    [TestCase(SampleEncoding.Int24, 0.5f, "400000")]
    [TestCase(SampleEncoding.Int24, -1f, "800000")]
    [TestCase(SampleEncoding.Int16, 0.5f, "4000")]
    [TestCase(SampleEncoding.Int16, 2f, "7FFF")]
    public void Samples_travel_big_endian(SampleEncoding encoding, float sample, string hex)
    {
        byte[] bytes = new byte[SampleCodec.BytesPerSample(encoding)];
        SampleCodec.Encode(encoding, [sample], bytes);
        Assert.That(Convert.ToHexString(bytes), Is.EqualTo(hex));
    }

    [Test]
    public void What_is_no_finite_number_is_silence()
    {
        byte[] bytes = new byte[16];
        SampleCodec.Encode(SampleEncoding.Float32, [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -3f], bytes);
        float[] heard = [1, 1, 1, 1];
        SampleCodec.Decode(SampleEncoding.Float32, bytes, heard);
        Assert.That(heard, Is.EqualTo((float[])[0, 0, 0, -3]));
    }

    [Test]
    public void Payloads_of_another_length_are_refused()
    {
        using LaneDecoder decoder = new(SampleEncoding.Int16, Rate, 2, 64);
        float[][] heard = [new float[64], new float[64]];
        Assert.That(decoder.TryDecode(new byte[255], heard, 0, 64), Is.False);
        Assert.That(decoder.TryDecode(new byte[260], heard, 0, 65), Is.False);
        Assert.That(decoder.TryDecode([], heard, 0, 0), Is.False);
    }

    [Test]
    public void Opus_comes_out_later_by_what_the_encoder_says([Values(120, 240, 480)] int frames, [Values(1, 2)] int channels)
    {
        RequireOpus();
        using LaneEncoder encoder = new(SampleEncoding.Opus, Rate, channels, frames);
        using LaneDecoder decoder = new(SampleEncoding.Opus, Rate, channels, frames);
        int total = frames * (9600 / frames);
        float[][] sound = [.. Enumerable.Range(0, channels).Select(c => Tones(total, c))];
        float[][] heard = [.. Enumerable.Range(0, channels).Select(_ => new float[total])];
        byte[] payload = new byte[encoder.MostBytes];
        for (int at = 0; at < total; at += frames)
        {
            int bytes = encoder.Encode(sound, at, frames, payload);
            Assert.That(bytes, Is.InRange(1, payload.Length));
            Assert.That(decoder.TryDecode(payload.AsSpan(0, bytes), heard, at, frames));
        }

        for (int channel = 0; channel < channels; channel++)
        {
            int best = Enumerable.Range(0, 400).MinBy(delay => Difference(sound[channel], heard[channel], delay));
            Assert.That(best, Is.EqualTo(encoder.DelayFrames));
            Assert.That(Difference(sound[channel], heard[channel], best), Is.LessThan(0.1), "of its energy");
        }
    }

    [Test]
    public void Opus_is_not_thrown_by_any_payload()
    {
        RequireOpus();
        using LaneDecoder decoder = new(SampleEncoding.Opus, Rate, 2, 120);
        float[][] heard = [new float[120], new float[120]];
        RepeatableRandom random = new(1);
        int decoded = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] payload = TestSession.Random(random.Next(300), random.NextBits());
            decoded += decoder.TryDecode(payload, heard, 0, 120) ? 1 : 0;
        }

        Assert.That(decoded, Is.Positive);
    }

    [TestCase(48_000, 2, 128, AudioErrorKind.FormatUnsupported)]
    [TestCase(48_000, 3, 120, AudioErrorKind.FormatUnsupported)]
    [TestCase(44_100, 2, 120, AudioErrorKind.FormatUnsupported)]
    [TestCase(48_000, 0, 120, AudioErrorKind.InvalidArgument)]
    public void What_opus_does_not_know_is_named(int rate, int channels, int frames, AudioErrorKind kind)
    {
        Assert.That(
            () => new LaneEncoder(SampleEncoding.Opus, rate, channels, frames),
            Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(kind));
        Assert.That(
            () => new LaneDecoder(SampleEncoding.Opus, rate, channels, frames),
            Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(kind));
    }

    [TestCase(SampleEncoding.Float32)]
    [TestCase(SampleEncoding.Int24)]
    [TestCase(SampleEncoding.Opus)]
    public void Coding_allocates_nothing(SampleEncoding encoding)
    {
        if (encoding == SampleEncoding.Opus)
        {
            RequireOpus();
        }

        using LaneEncoder encoder = new(encoding, Rate, 2, 120);
        using LaneDecoder decoder = new(encoding, Rate, 2, 120);
        float[] sound = new float[240];
        byte[] payload = new byte[encoder.MostBytes];
        fixed (float* samples = sound)
        {
            nint left = (nint)samples;
            AllocationGate.AssertNone(() =>
            {
                float** channels = stackalloc float*[2] { (float*)left, (float*)left + 120 };
                int bytes = encoder.Encode(channels, 0, 120, payload);
                decoder.TryDecode(payload.AsSpan(0, bytes), channels, 0, 120);
            });
        }
    }

    private static void RequireOpus()
    {
        if (!OpusFrames.IsAvailable(out string reason))
        {
            Assert.Ignore(reason);
        }
    }

    private static float[] Noise(int count, ulong seed)
    {
        float[] samples = new float[count];
        new RepeatableRandom(seed).Fill(samples);
        return samples;
    }

    private static float[] Tones(int count, int channel) => [.. Enumerable.Range(0, count).Select(i =>
        (float)((0.3 * Math.Sin(2 * Math.PI * 441 * i / Rate)) + (0.2 * Math.Sin((2 * Math.PI * 1_733.7 * i / Rate) + channel)) + (0.1 * Math.Sin(2 * Math.PI * 2_911.1 * i / Rate))))];

    private static double Difference(float[] sound, float[] heard, int delay)
    {
        double difference = 0;
        double energy = 0;
        for (int i = 2400; i < sound.Length - 400; i++)
        {
            difference += Math.Pow(heard[i + delay] - sound[i], 2);
            energy += Math.Pow(sound[i], 2);
        }

        return difference / energy;
    }
}
