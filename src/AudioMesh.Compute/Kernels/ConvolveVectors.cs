// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Compute.Kernels;

/// <summary>The transforms of <see cref="ConvolveTables"/> and the product of spectra, vectorised; the same bits.</summary>
internal static class ConvolveVectors
{
    public static void Forward(ReadOnlySpan<float> tables, Span<float> re, Span<float> im)
    {
        int block = re.Length;
        for (int n = 0; n < block; n += Vector<float>.Count)
        {
            Vector<float> x = new(re[n..]);
            (x * new Vector<float>(tables[n..])).CopyTo(re[n..]);
            (x * new Vector<float>(tables[(block + n)..])).CopyTo(im[n..]);
        }

        for (int half = block / 2; half > 0; half /= 2)
        {
            ReadOnlySpan<float> cosines = tables.Slice((2 * block) + half, half);
            ReadOnlySpan<float> sines = tables.Slice((3 * block) + half, half);
            for (int a = 0; a < block; a += 2 * half)
            {
                ForwardButterflies(cosines, sines, re.Slice(a, 2 * half), im.Slice(a, 2 * half));
            }
        }
    }

    public static void Inverse(ReadOnlySpan<float> tables, Span<float> re, Span<float> im)
    {
        int block = re.Length;
        for (int half = 1; half < block; half *= 2)
        {
            ReadOnlySpan<float> cosines = tables.Slice((2 * block) + half, half);
            ReadOnlySpan<float> sines = tables.Slice((3 * block) + half, half);
            for (int a = 0; a < block; a += 2 * half)
            {
                InverseButterflies(cosines, sines, re.Slice(a, 2 * half), im.Slice(a, 2 * half));
            }
        }
    }

    /// <summary>re + i im += x * h, whose halves are real and imaginary parts.</summary>
    public static void MultiplyAdd(ReadOnlySpan<float> x, ReadOnlySpan<float> h, Span<float> re, Span<float> im)
    {
        int block = re.Length;
        for (int bin = 0; bin < block; bin += Vector<float>.Count)
        {
            Vector<float> xRe = new(x[bin..]), xIm = new(x[(block + bin)..]), hRe = new(h[bin..]), hIm = new(h[(block + bin)..]);
            (new Vector<float>(re[bin..]) + ((xRe * hRe) - (xIm * hIm))).CopyTo(re[bin..]);
            (new Vector<float>(im[bin..]) + ((xRe * hIm) + (xIm * hRe))).CopyTo(im[bin..]);
        }
    }

    private static void ForwardButterflies(ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines, Span<float> re, Span<float> im)
    {
        int half = cosines.Length;
        int j = 0;
        for (; j <= half - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector<float> aRe = new(re[j..]), aIm = new(im[j..]), bRe = new(re[(half + j)..]), bIm = new(im[(half + j)..]);
            Vector<float> cosine = new(cosines[j..]), sine = new(sines[j..]);
            (aRe + bRe).CopyTo(re[j..]);
            (aIm + bIm).CopyTo(im[j..]);
            (((aRe - bRe) * cosine) - ((aIm - bIm) * sine)).CopyTo(re[(half + j)..]);
            (((aRe - bRe) * sine) + ((aIm - bIm) * cosine)).CopyTo(im[(half + j)..]);
        }

        for (; j < half; j++)
        {
            float differenceRe = re[j] - re[half + j];
            float differenceIm = im[j] - im[half + j];
            re[j] += re[half + j];
            im[j] += im[half + j];
            re[half + j] = (differenceRe * cosines[j]) - (differenceIm * sines[j]);
            im[half + j] = (differenceRe * sines[j]) + (differenceIm * cosines[j]);
        }
    }

    private static void InverseButterflies(ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines, Span<float> re, Span<float> im)
    {
        int half = cosines.Length;
        int j = 0;
        for (; j <= half - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector<float> aRe = new(re[j..]), aIm = new(im[j..]), bRe = new(re[(half + j)..]), bIm = new(im[(half + j)..]);
            Vector<float> cosine = new(cosines[j..]), sine = new(sines[j..]);
            Vector<float> turnedRe = (bRe * cosine) + (bIm * sine);
            Vector<float> turnedIm = (bIm * cosine) - (bRe * sine);
            (aRe + turnedRe).CopyTo(re[j..]);
            (aIm + turnedIm).CopyTo(im[j..]);
            (aRe - turnedRe).CopyTo(re[(half + j)..]);
            (aIm - turnedIm).CopyTo(im[(half + j)..]);
        }

        for (; j < half; j++)
        {
            float turnedRe = (re[half + j] * cosines[j]) + (im[half + j] * sines[j]);
            float turnedIm = (im[half + j] * cosines[j]) - (re[half + j] * sines[j]);
            (re[j], re[half + j]) = (re[j] + turnedRe, re[j] - turnedRe);
            (im[j], im[half + j]) = (im[j] + turnedIm, im[j] - turnedIm);
        }
    }
}
