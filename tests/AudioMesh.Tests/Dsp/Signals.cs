// SPDX-License-Identifier: MIT
namespace AudioMesh.Tests.Dsp;

/// <summary>Inputs that find faults in sample kernels.</summary>
internal static class Signals
{
    private static readonly float[] Awkward =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue,
        float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.0000001f, -1.0000001f, 0.99999994f, -0.99999994f,
        0.5f / 32768, 1.5f / 32768, 2.5f / 32768, -0.5f / 32768, -1.5f / 32768, 32767.5f / 32768,
        0.5f / 8388608, 1.5f / 8388608, 0.5f / 128, 1.5f / 128,
    ];

    /// <summary>Noise within and beyond full scale, mixed with every awkward value.</summary>
    public static float[] Wild(int count, int seed = 1)
    {
        Random random = new(seed);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++)
        {
            samples[i] = random.Next(4) == 0 ? Awkward[random.Next(Awkward.Length)] : (float)((random.NextDouble() * 3) - 1.5);
        }

        return samples;
    }

    /// <summary>Noise within full scale.</summary>
    public static float[] Noise(int count, int seed = 1)
    {
        Random random = new(seed);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++)
        {
            samples[i] = (float)((random.NextDouble() * 2) - 1);
        }

        return samples;
    }

    /// <summary>Fails where the two differ in any bit, except that any NaN equals any other.</summary>
    public static void AssertSame(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), what);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(actual[i]) == BitConverter.SingleToInt32Bits(expected[i])
                || (float.IsNaN(actual[i]) && float.IsNaN(expected[i]));
            if (!same)
            {
                Assert.Fail($"{what}: sample {i} is {actual[i]:R}, not {expected[i]:R}");
            }
        }
    }

    /// <summary>Fails where the two differ.</summary>
    public static void AssertSame<T>(ReadOnlySpan<T> actual, ReadOnlySpan<T> expected, string what)
        where T : IEquatable<T>
    {
        if (!actual.SequenceEqual(expected))
        {
            int at = actual.CommonPrefixLength(expected);
            Assert.Fail($"{what}: element {at} is {actual[at]}, not {expected[at]}");
        }
    }
}
