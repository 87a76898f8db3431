// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Compute.Kernels;

/// <summary><c>convolve</c> in C#.</summary>
internal static class ConvolveKernel
{
    public const int MostBlock = 512;

    public static void Oracle(in KernelCall call)
    {
        Span<float> work = stackalloc float[2 * MostBlock];
        for (int channel = 0; channel < call.GroupsX; channel++)
        {
            ConvolveState state = new(call, channel);
            Span<float> re = work[..state.Block];
            Span<float> im = work.Slice(state.Block, state.Block);
            state.Input.CopyTo(re);
            ConvolveTables.Forward(state.Tables, re, im);
            work[..(2 * state.Block)].CopyTo(state.Spectrum(0));
            for (int bin = 0; bin < state.Block; bin++)
            {
                (re[bin], im[bin]) = Accumulate(state, bin);
            }

            ConvolveTables.Inverse(state.Tables, re, im);
            Finish(state, re, im);
            state.Advance();
        }
    }

    public static void Simd(in KernelCall call)
    {
        Span<float> work = stackalloc float[2 * MostBlock];
        for (int channel = 0; channel < call.GroupsX; channel++)
        {
            ConvolveState state = new(call, channel);
            Span<float> re = work[..state.Block];
            Span<float> im = work.Slice(state.Block, state.Block);
            state.Input.CopyTo(re);
            ConvolveVectors.Forward(state.Tables, re, im);
            work[..(2 * state.Block)].CopyTo(state.Spectrum(0));
            work[..(2 * state.Block)].Clear();
            for (int partition = 0; partition < state.Partitions; partition++)
            {
                ConvolveVectors.MultiplyAdd(state.Spectrum(partition), state.Filter(partition), re, im);
            }

            ConvolveVectors.Inverse(state.Tables, re, im);
            Finish(state, re, im);
            state.Advance();
        }
    }

    private static (float Re, float Im) Accumulate(ConvolveState state, int bin)
    {
        float sumRe = 0;
        float sumIm = 0;
        for (int partition = 0; partition < state.Partitions; partition++)
        {
            ReadOnlySpan<float> spectrum = state.Spectrum(partition);
            ReadOnlySpan<float> filter = state.Filter(partition);
            (float xRe, float xIm) = (spectrum[bin], spectrum[state.Block + bin]);
            (float hRe, float hIm) = (filter[bin], filter[state.Block + bin]);
            sumRe += (xRe * hRe) - (xIm * hIm);
            sumIm += (xRe * hIm) + (xIm * hRe);
        }

        return (sumRe, sumIm);
    }

    /// <summary>Takes the weights off: the real part is this block's, the imaginary part is added to the next.</summary>
    private static void Finish(ConvolveState state, ReadOnlySpan<float> re, ReadOnlySpan<float> im)
    {
        ReadOnlySpan<float> cosines = state.Tables[..state.Block];
        ReadOnlySpan<float> sines = state.Tables.Slice(state.Block, state.Block);
        int n = 0;
        for (; n <= state.Block - Vector<float>.Count; n += Vector<float>.Count)
        {
            Vector<float> r = new(re[n..]), i = new(im[n..]), cosine = new(cosines[n..]), sine = new(sines[n..]);
            (((r * cosine) + (i * sine)) + new Vector<float>(state.Tail[n..])).CopyTo(state.Output[n..]);
            ((i * cosine) - (r * sine)).CopyTo(state.Tail[n..]);
        }
    }
}
