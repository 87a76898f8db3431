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
        double half = Math.PI / 2 * cutoff;
        EquirippleLowPass response = new(
            2 * HalfTaps, half * preset.PassbandEdge, half * preset.StopbandEdge, preset.ImageWeight, new ShortResponse(ShortFilter<T>.Shape));
        Fill(response.Taps());

        // The middle frame is added to itself where the others are added to their mirror image.
        _pairs.Start[2 * (HalfTaps - 1)] /= T.CreateChecked(2);
    }

    public int HalfTaps { get; }

    public T* Pairs => _pairs.Start;

    /// <summary>A multiple of 8, as <see cref="Doubler{T}"/> takes them.</summary>
    public static int HalfTapsAt(in ResamplerPreset preset, double cutoff) => (int)Math.Ceiling(preset.DoublerTaps / cutoff / 16) * 8;

    // So that DC passes unchanged; its image at the end of the doubled rate is what the filter that follows lets through least.
    private void Fill(double[] taps)
    {
        double sum = -taps[0] / 2;
        foreach (double tap in taps)
        {
            sum += tap;
        }

        for (int i = 0; i < taps.Length; i++)
        {
            int pair = HalfTaps - 1 - (i / 2);
            _pairs.Start[(2 * pair) + (i % 2)] = T.CreateTruncating(taps[i] / sum);
        }
    }
}
