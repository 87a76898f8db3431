// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// Trains a linear predictor x[n] = sum of model[k - 1] * x[n - k] on a window of samples: J. P. Burg's lattice method, with weighted errors
/// and a dithered copy of the window, without which single precision explodes on pure tones. Any thread.
/// </summary>
/// <remarks>
/// The arithmetic is fixed to the bit, so that a GPU kernel agrees: only additions, subtractions and multiplications in single precision, each
/// rounded to nearest, none fused, and integer operations. Sums run over 64 lanes, element m in lane m mod 64 in ascending m, and then over a
/// tree: 32 lanes add the other 32, 16 the other 16, and so on. Denormals are as the thread has set, and do not occur unless they are in the window.
/// </remarks>
[RealtimeSafe]
public static class LatticeBurg
{
    /// <summary>The most samples in a window.</summary>
    public const int MostSamples = 5120;

    /// <summary>The most coefficients of a model.</summary>
    public const int MostOrder = 1280;

    private const int LongWindow = 2048;
    private const double DitherLevel = 1e-4;
    private const int LeastExponent = -40;
    private const int MostExponent = 100;

    /// <summary>
    /// How much each sample of a window counts: u^1.5 * (1 - u), which is 0 at both ends and most at three fifths; in windows of more than 2048 samples
    /// u^2 * (1 - u)^0.625, which is most at three quarters. At most 1.
    /// </summary>
    public static void FillWeights(Span<float> weights)
    {
        for (int n = 0; n < weights.Length; n++)
        {
            double u = (n + 0.5) / weights.Length;
            weights[n] = weights.Length > LongWindow
                ? (float)(4 * u * u * Math.Sqrt(1 - u) * Math.Sqrt(Math.Sqrt(Math.Sqrt(1 - u))))
                : (float)(u * Math.Sqrt(u) * (1 - u) / (0.6 * Math.Sqrt(0.6) * 0.4));
        }
    }

    /// <summary>What is added to a window whose root mean square is 0.5 to 1: noise 74 to 80 dB below it, always the same.</summary>
    public static void FillDither(Span<float> dither)
    {
        uint state = 12345;
        for (int n = 0; n < dither.Length; n++)
        {
            state = (state * 1664525) + 1013904223;
            dither[n] = (float)(DitherLevel * Math.Sqrt(3) * (int)state / 2147483648.0);
        }
    }

    /// <summary>How many floats <see cref="Train"/> works in.</summary>
    public static int WorkLength(int samples, int order) => (2 * samples) + order;

    /// <summary>
    /// Writes the model of the order of its length, at most half as many as there are samples. All zeros, and false, where the root mean square of
    /// the window is under 1e-6 (-120 dB) or no number.
    /// </summary>
    /// <param name="samples">The window, oldest first, at most <see cref="MostSamples"/>.</param>
    /// <param name="weights">Of <see cref="FillWeights"/>, as long as the window.</param>
    /// <param name="dither">Of <see cref="FillDither"/>, as long as the window.</param>
    /// <param name="work">At least <see cref="WorkLength"/>; what is in it does not matter.</param>
    /// <param name="model">The first coefficient belongs to the newest sample.</param>
    public static bool Train(
        ReadOnlySpan<float> samples, ReadOnlySpan<float> weights, ReadOnlySpan<float> dither, Span<float> work, Span<float> model)
    {
        Span<float> forward = work[..samples.Length];
        Span<float> backward = work.Slice(samples.Length, samples.Length);
        Span<float> mirror = work.Slice(2 * samples.Length, model.Length);
        model.Clear();
        if (!Prepare(samples, dither, forward))
        {
            return false;
        }

        forward.CopyTo(backward);
        for (int stage = 1; stage <= model.Length; stage++)
        {
            int left = samples.Length - stage;
            Span<float> later = forward[stage..];
            Span<float> earlier = backward[..left];
            (float product, float energy) = LaneSums.Correlate(later, earlier, weights.Slice(stage, left));
            float reflection = (product + product) * Reciprocal(energy);
            Lattice(reflection, later, earlier);

            // The mirror is the model backwards, and grows downwards: so the same lattice steps it.
            Lattice(reflection, model[..(stage - 1)], mirror[^(stage - 1)..]);
            model[stage - 1] = reflection;
            mirror[^stage] = reflection;
        }

        return true;
    }

    /// <summary>1 / x within some units in the last place, from a guess in integers: division differs from device to device.</summary>
    private static float Reciprocal(float x)
    {
        float y = BitConverter.UInt32BitsToSingle(0x7EF311C7 - BitConverter.SingleToUInt32Bits(x));
        y *= 2 - (x * y);
        y *= 2 - (x * y);
        y *= 2 - (x * y);
        return y;
    }

    /// <summary>The window, brought by a power of two to a root mean square of 0.5 to 1, plus dither.</summary>
    private static bool Prepare(ReadOnlySpan<float> samples, ReadOnlySpan<float> dither, Span<float> prepared)
    {
        float power = LaneSums.Squares(samples) * (1f / samples.Length);
        int exponent = (int)(BitConverter.SingleToUInt32Bits(power) >> 23) - 127;
        if (exponent is < LeastExponent or > MostExponent)
        {
            return false;
        }

        float scale = BitConverter.UInt32BitsToSingle((uint)(127 - ((exponent >> 1) + 1)) << 23);
        int n = 0;
        for (; n <= samples.Length - Vector<float>.Count; n += Vector<float>.Count)
        {
            ((new Vector<float>(samples[n..]) * scale) + new Vector<float>(dither[n..])).CopyTo(prepared[n..]);
        }

        for (; n < samples.Length; n++)
        {
            prepared[n] = (samples[n] * scale) + dither[n];
        }

        return true;
    }

    /// <summary>a -= reflection * b and b -= reflection * a, at once.</summary>
    private static void Lattice(float reflection, Span<float> a, Span<float> b)
    {
        ref float firstA = ref MemoryMarshal.GetReference(a);
        ref float firstB = ref MemoryMarshal.GetReference(b);
        int m = 0;
        for (; m <= a.Length - Vector<float>.Count; m += Vector<float>.Count)
        {
            Vector<float> wasA = Vector.LoadUnsafe(ref firstA, (nuint)m);
            Vector<float> wasB = Vector.LoadUnsafe(ref firstB, (nuint)m);
            (wasA - (wasB * reflection)).StoreUnsafe(ref firstA, (nuint)m);
            (wasB - (wasA * reflection)).StoreUnsafe(ref firstB, (nuint)m);
        }

        for (; m < a.Length; m++)
        {
            float wasA = a[m];
            a[m] -= reflection * b[m];
            b[m] -= reflection * wasA;
        }
    }
}
