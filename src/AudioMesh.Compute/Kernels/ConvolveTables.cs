// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Compute.Kernels;

/// <summary>
/// The constants and the transform of <c>convolve</c>: a block of B real samples x becomes x[n] * exp(i pi n / 2B), and that its discrete Fourier
/// transform of B points, in bit-reversed order.
/// </summary>
internal static class ConvolveTables
{
    /// <summary>Writes the weights' real and imaginary parts and the twiddles', a block each; twiddles of the stage with half h begin at h.</summary>
    public static void Fill<T>(Span<T> tables, int block)
        where T : IFloatingPointIeee754<T>
    {
        for (int n = 0; n < block; n++)
        {
            (double sine, double cosine) = Math.SinCos(Math.PI * n / (2.0 * block));
            tables[n] = T.CreateChecked(cosine);
            tables[block + n] = T.CreateChecked(sine);
        }

        tables[2 * block] = tables[3 * block] = T.Zero;
        for (int half = 1; half < block; half *= 2)
        {
            for (int j = 0; j < half; j++)
            {
                (double sine, double cosine) = Math.SinCos(-Math.PI * j / half);
                tables[(2 * block) + half + j] = T.CreateChecked(cosine);
                tables[(3 * block) + half + j] = T.CreateChecked(sine);
            }
        }
    }

    /// <summary>Transforms the block that is in <paramref name="real"/>.</summary>
    public static void Forward<T>(ReadOnlySpan<T> tables, Span<T> real, Span<T> imaginary)
        where T : IFloatingPointIeee754<T>
    {
        int block = real.Length;
        for (int n = 0; n < block; n++)
        {
            T x = real[n];
            real[n] = x * tables[n];
            imaginary[n] = x * tables[block + n];
        }

        for (int half = block / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < block / 2; i++)
            {
                int j = i & (half - 1);
                int a = (2 * i) - j;
                int b = a + half;
                T cosine = tables[(2 * block) + half + j];
                T sine = tables[(3 * block) + half + j];
                T differenceRe = real[a] - real[b];
                T differenceIm = imaginary[a] - imaginary[b];
                real[a] += real[b];
                imaginary[a] += imaginary[b];
                real[b] = (differenceRe * cosine) - (differenceIm * sine);
                imaginary[b] = (differenceRe * sine) + (differenceIm * cosine);
            }
        }
    }

    /// <summary>The transform's inverse but for the weights, and B times too large.</summary>
    public static void Inverse(ReadOnlySpan<float> tables, Span<float> real, Span<float> imaginary)
    {
        int block = real.Length;
        for (int half = 1; half < block; half *= 2)
        {
            for (int i = 0; i < block / 2; i++)
            {
                int j = i & (half - 1);
                int a = (2 * i) - j;
                int b = a + half;
                float cosine = tables[(2 * block) + half + j];
                float sine = tables[(3 * block) + half + j];
                float turnedRe = (real[b] * cosine) + (imaginary[b] * sine);
                float turnedIm = (imaginary[b] * cosine) - (real[b] * sine);
                (real[a], real[b]) = (real[a] + turnedRe, real[a] - turnedRe);
                (imaginary[a], imaginary[b]) = (imaginary[a] + turnedIm, imaginary[a] - turnedIm);
            }
        }
    }
}
