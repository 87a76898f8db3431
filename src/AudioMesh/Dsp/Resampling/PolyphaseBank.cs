// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>
/// A low-pass sampled at so many phases between two input frames, a row of taps each; immutable. Row r delays by (r - lead) / phases of a
/// frame, and rows go on for the lead beyond both ends. Each row adds up to 1, so that DC passes unchanged at every phase.
/// </summary>
internal sealed unsafe class PolyphaseBank<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedArray<T> _rows;

    /// <summary>A bank of <paramref name="phases"/>, with <paramref name="lead"/> rows more on either side.</summary>
    public PolyphaseBank(in PolyphaseShape shape, int phases, int lead)
    {
        Taps = shape.Taps;
        Phases = phases;
        _rows = new AlignedArray<T>((phases + 1 + (2 * lead)) * Taps);
        KaiserSinc response = new(shape.Length / 2, shape.Cutoff, shape.StopbandDb);
        double[] taps = new double[Taps];
        for (int row = 0; row < phases + 1 + (2 * lead); row++)
        {
            FillRow(taps, response, (double)(row - lead) / phases);
            for (int tap = 0; tap < Taps; tap++)
            {
                _rows.Start[(row * Taps) + tap] = T.CreateTruncating(taps[tap]);
            }
        }
    }

    public int Taps { get; }

    public int Phases { get; }

    public T* Rows => _rows.Start;

    private static void FillRow(Span<double> taps, KaiserSinc response, double phase)
    {
        double sum = 0;
        for (int tap = 0; tap < taps.Length; tap++)
        {
            taps[tap] = response.At(tap + 1 - (taps.Length / 2) - phase);
            sum += taps[tap];
        }

        foreach (ref double tap in taps)
        {
            tap /= sum;
        }
    }
}
