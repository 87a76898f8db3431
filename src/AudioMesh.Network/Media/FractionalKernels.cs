// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Filters that find a stream's value between two frames from 16 frames before and up to 16 after. With all of them it is a Kaiser-windowed sinc whose transition lies around half the rate, as
/// it may where the rate hardly changes: to 0.75 of it the error is below -120 dB, and a whole frame comes out as it went in. With fewer after, least squares makes the best of what
/// there is. Immutable.
/// </summary>
internal sealed class FractionalKernels
{
    /// <summary>Taps of every filter.</summary>
    public const int Taps = 32;

    /// <summary>Taps at and before the frame that the place lies behind.</summary>
    public const int Before = 16;

    /// <summary>Frames after the place that the best filter uses.</summary>
    public const int MostAhead = Taps - Before;

    /// <summary>Places between two frames that the best has a filter for.</summary>
    public const int Phases = 1024;

    private const int ShortPhases = 128;
    private const double Beta = 12.26;

    private static readonly Lazy<FractionalKernels> LazyShared = new(() => new FractionalKernels());

    private readonly float[] _full = new float[(Phases + 1) * Taps];
    private readonly float[] _short = new float[(MostAhead - 1) * (ShortPhases + 1) * Taps];

    private FractionalKernels()
    {
        for (int phase = 0; phase <= Phases; phase++)
        {
            WindowedSinc((double)phase / Phases, _full.AsSpan(phase * Taps, Taps));
        }

        for (int ahead = 1; ahead < MostAhead; ahead++)
        {
            LeastSquares(ahead);
        }
    }

    /// <summary>One for all: making it takes milliseconds. Control thread.</summary>
    public static FractionalKernels Shared => LazyShared.Value;

    /// <summary>The filter for a place <paramref name="fraction"/> of a frame behind a frame, with <paramref name="ahead"/> frames after it.</summary>
    [RealtimeSafe]
    public FractionalTaps At(int ahead, double fraction)
    {
        bool isFull = ahead >= MostAhead;
        double place = fraction * (isFull ? Phases : ShortPhases);
        int phase = (int)place;
        int at = (isFull ? phase : ((ahead - 1) * (ShortPhases + 1)) + phase) * Taps;
        ReadOnlySpan<float> bank = isFull ? _full : _short;
        return new FractionalTaps(bank.Slice(at, Taps), bank.Slice(at + Taps, Taps), (float)(place - phase));
    }

    /// <summary>The best filter of a phase, and the next one's behind it.</summary>
    [RealtimeSafe]
    public ReadOnlySpan<float> From(int phase) => _full.AsSpan(phase * Taps, 2 * Taps);

    private static void WindowedSinc(double fraction, Span<float> taps)
    {
        for (int tap = 0; tap < Taps; tap++)
        {
            double x = tap - (Before - 1) - fraction;
            double inside = 1 - (x * x / (MostAhead * MostAhead));
            double window = inside > 0 ? Bessel(Beta * Math.Sqrt(inside)) / Bessel(Beta) : 0;
            taps[tap] = (float)((Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x)) * window);
        }
    }

    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; k < 60; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }

    // Sound has most of its power low; so the error is weighed by three bands.
    private static double Correlation(double distance)
    {
        const double Noise = 1e-9;
        double sum = Math.Abs(distance) < 1e-9 ? Noise : 0;
        sum += Band(0.1, distance) + (0.05 * Band(0.4, distance)) + (0.002 * Band(0.8, distance));
        return sum;
    }

    private static double Band(double edge, double distance) =>
        Math.Abs(distance) < 1e-9 ? 1 : Math.Sin(Math.PI * edge * distance) / (Math.PI * edge * distance);

    private void LeastSquares(int ahead)
    {
        int count = Before + ahead;
        double[,] factor = Cholesky(count);
        double[] right = new double[count];
        for (int phase = 0; phase <= ShortPhases; phase++)
        {
            double fraction = (double)phase / ShortPhases;
            for (int tap = 0; tap < count; tap++)
            {
                right[tap] = Correlation(tap - (Before - 1) - fraction);
            }

            Solve(factor, right);
            Span<float> taps = _short.AsSpan((((ahead - 1) * (ShortPhases + 1)) + phase) * Taps, Taps);
            for (int tap = 0; tap < count; tap++)
            {
                taps[tap] = (float)right[tap];
            }
        }
    }

    private static double[,] Cholesky(int count)
    {
        double[,] factor = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = Correlation(row - column);
                for (int k = 0; k < column; k++)
                {
                    sum -= factor[row, k] * factor[column, k];
                }

                factor[row, column] = row == column ? Math.Sqrt(sum) : sum / factor[column, column];
            }
        }

        return factor;
    }

    private static void Solve(double[,] factor, double[] right)
    {
        int count = right.Length;
        for (int row = 0; row < count; row++)
        {
            for (int k = 0; k < row; k++)
            {
                right[row] -= factor[row, k] * right[k];
            }

            right[row] /= factor[row, row];
        }

        for (int row = count - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < count; k++)
            {
                right[row] -= factor[k, row] * right[k];
            }

            right[row] /= factor[row, row];
        }
    }
}
