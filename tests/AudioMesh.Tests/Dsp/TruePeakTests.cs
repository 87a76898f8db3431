// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class TruePeakTests
{
    // ITU-R BS.1770-4, Annex 2: phases 0 and 1; 3 and 2 are the same backwards.
    private static readonly float[] Phase0 =
    [
        0.0017089843750f, 0.0109863281250f, -0.0196533203125f, 0.0332031250000f, -0.0594482421875f, 0.1373291015625f,
        0.9721679687500f, -0.1022949218750f, 0.0476074218750f, -0.0266113281250f, 0.0148925781250f, -0.0083007812500f,
    ];

    private static readonly float[] Phase1 =
    [
        -0.0291748046875f, 0.0292968750000f, -0.0517578125000f, 0.0891113281250f, -0.1665039062500f, 0.4650878906250f,
        0.7797851562500f, -0.2003173828125f, 0.1015625000000f, -0.0582275390625f, 0.0330810546875f, -0.0189208984375f,
    ];

    [Test]
    public void Every_length_equals_the_oracle()
    {
        float[] noise = Signals.Noise(1024);
        using GuardedSpans<float> spans = new(1024);
        for (int count = 0; count <= 1024; count++)
        {
            float expected = Oracle(noise.AsSpan(0, count));
            Assert.That(new TruePeakMeter().Measure(spans.LastHolding(noise.AsSpan(0, count))), Is.EqualTo(expected), $"length {count}");
        }
    }

    [Test]
    public void Blocks_measure_what_the_whole_does()
    {
        float[] noise = Signals.Noise(5000);
        TruePeakMeter meter = new();
        float peak = 0;
        for (int i = 0, length = 1; i < noise.Length; i += length, length = (length * 3 % 701) + 1)
        {
            length = Math.Min(length, noise.Length - i);
            peak = Math.Max(peak, meter.Measure(noise.AsSpan(i, length)));
        }

        Assert.That(peak, Is.EqualTo(Oracle(noise)));
    }

    [Test]
    public void A_tone_whose_samples_miss_its_peaks_is_read_within_the_tolerance_of_EBU_Tech_3341()
    {
        // A quarter of the rate, sampled 45 degrees beside its peaks: 3 dB are missed by the peak of the samples.
        float[] tone = new float[4800];
        for (int i = 0; i < tone.Length; i++)
        {
            tone[i] = 0.5f * MathF.Sin((MathF.PI / 2 * (i % 4)) + (MathF.PI / 4));
        }

        Assert.That(20 * Math.Log10(Peak.Measure(tone) / 0.5), Is.EqualTo(-3.01).Within(0.01));
        TruePeakMeter meter = new();
        meter.Measure(tone);
        Assert.That(20 * Math.Log10(meter.Measure(tone) / 0.5), Is.InRange(-0.4, 0.2));
    }

    [Test]
    public void NaN_is_passed_over_and_gone_with_twelve_samples()
    {
        float[] samples = new float[24];
        samples.AsSpan().Fill(0.25f);
        samples[3] = float.NaN;
        TruePeakMeter meter = new();
        Assert.That(meter.Measure(samples), Is.InRange(0.2f, 0.3f));
        Assert.That(meter.Measure(samples.AsSpan(12)), Is.InRange(0.2f, 0.3f));
    }

    [Test]
    public void After_a_reset_nothing_is_left()
    {
        TruePeakMeter meter = new();
        meter.Measure(Signals.Noise(100));
        meter.Reset();
        Assert.That(meter.Measure(new float[100]), Is.Zero);
    }

    private static float Oracle(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            float a = 0, b = 0, c = 0, d = 0;
            for (int tap = 0; tap < 12; tap++)
            {
                float sample = i >= tap ? samples[i - tap] : 0;
                a += sample * Phase0[tap];
                b += sample * Phase1[tap];
                c += sample * Phase1[11 - tap];
                d += sample * Phase0[11 - tap];
            }

            foreach (float value in (ReadOnlySpan<float>)[a, b, c, d])
            {
                peak = Math.Abs(value) > peak ? Math.Abs(value) : peak;
            }
        }

        return peak;
    }
}
