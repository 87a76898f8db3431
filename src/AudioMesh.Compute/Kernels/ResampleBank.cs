// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>The table of <see cref="ResampleProgram"/>: a sinc under a Kaiser window, at many places between two frames. Immutable.</summary>
public sealed class ResampleBank
{
    /// <summary>The most taps.</summary>
    public const int MostTaps = 512;

    internal const int Phases = 256;

    // The cubic needs the row before and two after.
    private const int RowCount = Phases + 3;
    private readonly float[] _rows;

    /// <summary>
    /// Designs it. Throws <see cref="AudioErrorKind.InvalidArgument"/> for taps that are not 8 to <see cref="MostTaps"/> in steps of 8, and a cutoff
    /// that is not between 0 and 1.
    /// </summary>
    /// <param name="taps">Input frames that each output frame is made from; more are steeper, and slower.</param>
    /// <param name="cutoff">The middle of the slope, as a part of half the input rate: below 1, and below output rate / input rate.</param>
    /// <param name="stopbandDb">How far down what lies beyond the slope is, about 40 to 140.</param>
    public ResampleBank(int taps, double cutoff, double stopbandDb)
    {
        if (taps is < 8 or > MostTaps || taps % ResampleKernel.Lanes != 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{taps} taps.") { Field = nameof(taps), Allowed = $"8, 16 .. {MostTaps}" };
        }

        if (!(cutoff > 0 && cutoff <= 1))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A cutoff of {cutoff}.") { Field = nameof(cutoff), Allowed = "0..1" };
        }

        Taps = taps;
        _rows = new float[RowCount * taps];
        double beta = stopbandDb > 50 ? 0.1102 * (stopbandDb - 8.7) : 0.5842 * Math.Pow(stopbandDb - 21, 0.4) + (0.07886 * (stopbandDb - 21));
        for (int row = 0; row < RowCount; row++)
        {
            FillRow(_rows.AsSpan(row * taps, taps), (row - 1.0) / Phases, cutoff, beta);
        }
    }

    /// <summary>Input frames that each output frame is made from: half of them before its place, half after.</summary>
    public int Taps { get; }

    internal ReadOnlySpan<float> Rows => _rows;

    private static void FillRow(Span<float> row, double fraction, double cutoff, double beta)
    {
        Span<double> exact = stackalloc double[row.Length];
        double sum = 0;
        for (int tap = 0; tap < row.Length; tap++)
        {
            double distance = tap - ((row.Length / 2) - 1) - fraction;
            double x = distance * cutoff * Math.PI;
            double place = 2 * distance / row.Length;
            double window = place * place < 1 ? BesselI0(beta * Math.Sqrt(1 - (place * place))) : 0;
            sum += exact[tap] = window * (x == 0 ? 1 : Math.Sin(x) / x);
        }

        for (int tap = 0; tap < row.Length; tap++)
        {
            row[tap] = (float)(exact[tap] / sum);
        }
    }

    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
