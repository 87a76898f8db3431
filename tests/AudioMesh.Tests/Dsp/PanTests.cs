// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class PanTests
{
    private static readonly float Half = MathF.Sqrt(0.5f);

    [Test]
    public void Pan_keeps_the_power_at_every_place()
    {
        for (int i = -100; i <= 100; i++)
        {
            StereoGains gains = Pan.At(i / 100f);
            Assert.That(((double)gains.Left * gains.Left) + ((double)gains.Right * gains.Right), Is.EqualTo(1).Within(2e-7), $"at {i}");
        }
    }

    [Test]
    public void Pan_is_exact_at_its_ends_and_3_dB_down_in_the_middle()
    {
        Assert.That(Pan.At(-1), Is.EqualTo(new StereoGains(1, 0)));
        Assert.That(Pan.At(1), Is.EqualTo(new StereoGains(0, 1)));
        Assert.That(Pan.At(-7), Is.EqualTo(new StereoGains(1, 0)));
        Assert.That(Pan.At(0).Left, Is.EqualTo(Half).Within(1).Ulps);
        Assert.That(Pan.At(0).Right, Is.EqualTo(Half).Within(1).Ulps);
        Assert.That(Pan.At(float.NaN), Is.EqualTo(Pan.At(0)));
    }

    [Test]
    public void Balance_keeps_the_near_side_and_turns_the_far_one_off()
    {
        Assert.That(Balance.At(0), Is.EqualTo(new StereoGains(1, 1)));
        Assert.That(Balance.At(-1), Is.EqualTo(new StereoGains(1, 0)));
        Assert.That(Balance.At(1), Is.EqualTo(new StereoGains(0, 1)));
        Assert.That(Balance.At(9), Is.EqualTo(new StereoGains(0, 1)));
        Assert.That(Balance.At(0.5f).Left, Is.EqualTo(Half).Within(1).Ulps);
        Assert.That(Balance.At(0.5f).Right, Is.EqualTo(1));
        Assert.That(Balance.At(float.NaN), Is.EqualTo(Balance.At(0)));
    }

    [Test]
    public void A_panned_signal_ramps_both_gains_over_the_shortest_span()
    {
        float[] source = Signals.Noise(100);
        float[] left = Signals.Noise(90, seed: 2);
        float[] right = Signals.Noise(95, seed: 3);
        float[] expectedLeft = [.. left];
        float[] expectedRight = [.. right];
        GainRamp.AddRamped(source.AsSpan(0, 90), Half, 0, expectedLeft);
        GainRamp.AddRamped(source.AsSpan(0, 90), Pan.At(0).Right, 1, expectedRight);
        Pan.Add(source, 0, 1, left, right);
        Assert.That(left, Is.EqualTo(expectedLeft).Within(1e-6f));
        Signals.AssertSame(right, expectedRight, "right");
    }

    [Test]
    public void A_balance_that_moves_ramps_the_far_side_only()
    {
        float[] left = Signals.Noise(64);
        float[] right = Signals.Noise(64, seed: 2);
        float[] expected = [.. left];
        float[] same = [.. right];
        GainRamp.Apply(expected, 1, 0);
        Balance.Apply(left, right, 0, 1);
        Signals.AssertSame(left, expected, "left");
        Signals.AssertSame(right, same, "right");
    }
}
