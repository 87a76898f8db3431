// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>
/// The coefficients of a <see cref="Doubler{T}"/>; immutable. From the outermost to the middle, two each: of the frames that are there, and of those
/// half-way between. Either is symmetric, so that one half is enough.
/// </summary>
internal sealed unsafe class DoublerFilter<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedArray<T> _pairs;

    public DoublerFilter(in ResamplerPreset preset, double cutoff)
    {
        HalfTaps = HalfTapsAt(preset, cutoff);
        _pairs = new AlignedArray<T>(2 * HalfTaps);
        double edge = cutoff * (preset.PassbandEdge + preset.StopbandEdge) / 2;
        EqualizedSinc response = new(HalfTaps, edge, preset.StopbandDb, ShortFilter<T>.Shape);
        Fill(0, response.At);
        Fill(1, frames => response.At(frames + 0.5));

        // The middle frame is added to itself where the others are added to their mirror image.
        _pairs.Start[2 * (HalfTaps - 1)] /= T.CreateChecked(2);
    }

    public int HalfTaps { get; }

    public T* Pairs => _pairs.Start;

    /// <summary>A multiple of 8, as <see cref="Doubler{T}"/> takes them.</summary>
    public static int HalfTapsAt(in ResamplerPreset preset, double cutoff) => (int)Math.Ceiling(preset.Taps / cutoff / 16) * 8;

    private void Fill(int which, Func<double, double> response)
    {
        double sum = (2 * HalfSum(response)) - (which == 0 ? response(0) : 0);
        for (int i = 0; i < HalfTaps; i++)
        {
            _pairs.Start[(2 * i) + which] = T.CreateTruncating(response(HalfTaps - 1 - i) / sum);
        }
    }

    private double HalfSum(Func<double, double> response)
    {
        double sum = 0;
        for (int frames = 0; frames < HalfTaps; frames++)
        {
            sum += response(frames);
        }

        return sum;
    }
}
