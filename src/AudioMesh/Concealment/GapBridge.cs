// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// Bends a predicted gap to the samples that are there behind it: least squares of the model's errors over the gap and those samples, as A. Janssen,
/// R. Veldhuis and L. Vries, "Adaptive interpolation of discrete-time signals that can be modeled as autoregressive processes" (1986), solved for the
/// errors in the gap, of which each sample behind it gives one equation. Device thread.
/// </summary>
[RealtimeSafe]
internal sealed class GapBridge
{
    /// <summary>The most samples behind a gap that count.</summary>
    public const int MostLater = 128;

    /// <summary>
    /// How much less an error behind the gap counts than one where it begins: there the samples are right, and the model alone is wrong. In the gap it
    /// grows evenly: the further from what the model was trained on, the less is it to be trusted.
    /// </summary>
    private const double Doubt = 3;

    private const int FewChannels = 2;
    private const int SomeChannels = 8;
    private const int ShortGap = 128;
    private const int Rows = 4;

    private const int Room = StreamConcealer.MostFrames + MostLater;

    private readonly double[] _model = new double[Room + 1];
    private readonly double[] _answer = new double[Room + 1];
    private readonly double[] _answers = new double[StreamConcealer.MostFrames * MostLater / 2];
    private readonly double[] _system = new double[MostLater * MostLater];
    private readonly double[] _errors = new double[MostLater];
    private readonly double[] _bend = new double[StreamConcealer.MostFrames];

    /// <summary>How many samples behind a gap count: bridging costs by their square, by the gap's length and by the channels.</summary>
    public static int LaterFor(int frames, int channels) => channels switch
    {
        <= FewChannels when frames <= ShortGap => MostLater,
        <= SomeChannels => MostLater / 2,
        _ => MostLater / 8,
    };

    /// <summary>
    /// Bends <paramref name="frames"/> samples of <paramref name="track"/> from <paramref name="from"/> on.
    /// </summary>
    /// <param name="coefficients">The last belongs to the newest sample.</param>
    /// <param name="track">Samples before the gap, the gap as <see cref="LinearPredictor"/> continued it, and what comes behind it.</param>
    /// <param name="from">Where the gap begins.</param>
    /// <param name="frames">Its length.</param>
    /// <param name="later">How many samples behind it are there.</param>
    public void Bend(ReadOnlySpan<float> coefficients, Span<float> track, int from, int frames, int later)
    {
        for (int k = 1; k < _model.Length; k++)
        {
            _model[k] = k <= coefficients.Length ? coefficients[^k] : 0;
        }

        for (int f = 0; f < later; f++)
        {
            int n = from + frames + f;
            _errors[f] = track[n] - (double)LinearPredictor.Next(coefficients, track, n);
        }

        Answer(frames, later);
        BuildSystem(frames, later);
        Solve(later);
        Spread(frames, later);
        for (int n = 0; n < frames; n++)
        {
            track[from + n] += (float)_bend[n];
        }
    }

    /// <summary>Row g - 1: what an error as large as is to be expected at g samples before the gap's end adds to each error behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Answer(int frames, int later)
    {
        Span<double> answer = _answer;
        answer.Clear();
        double impulse = 1;
        for (int g = 1; g <= frames; g++)
        {
            int length = later + frames - g;
            Span<double> shifted = answer.Slice(1, length);
            AddScaled(shifted, _model.AsSpan(1, length), -impulse);
            shifted.CopyTo(answer);
            answer[length] = 0;
            double doubt = DoubtAt(frames - g, frames);
            for (int f = 0; f < later; f++)
            {
                _answers[((g - 1) * later) + f] = doubt * answer[f];
            }

            impulse = -answer[0];
        }
    }

    /// <summary>The sum of the rows' outer products, and the doubt; the upper half.</summary>
    private void BuildSystem(int frames, int later)
    {
        Span<double> system = _system.AsSpan(0, later * later);
        system.Clear();
        int g = 0;
        for (; g <= frames - Rows; g += Rows)
        {
            ReadOnlySpan<double> rows = _answers.AsSpan(g * later, Rows * later);
            for (int f = 0; f < later; f++)
            {
                AddFour(system.Slice((f * later) + f, later - f), rows[f..], later);
            }
        }

        for (; g < frames; g++)
        {
            ReadOnlySpan<double> row = _answers.AsSpan(g * later, later);
            for (int f = 0; f < later; f++)
            {
                AddScaled(system.Slice((f * later) + f, later - f), row[f..], row[f]);
            }
        }

        for (int f = 0; f < later; f++)
        {
            system[(f * later) + f] += Doubt;
        }
    }

    /// <summary>Cholesky's: the errors become the solution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Solve(int later)
    {
        Span<double> errors = _errors.AsSpan(0, later);
        for (int f = 0; f < later; f++)
        {
            Span<double> row = _system.AsSpan((f * later) + f, later - f);
            double scale = 1 / Math.Sqrt(row[0]);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] *= scale;
            }

            for (int below = 1; below < row.Length; below++)
            {
                AddScaled(_system.AsSpan(((f + below) * later) + f + below, later - f - below), row[below..], -row[below]);
            }

            errors[f] *= scale;
            AddScaled(errors[(f + 1)..], row[1..], -errors[f]);
        }

        for (int f = later - 1; f >= 0; f--)
        {
            ReadOnlySpan<double> row = _system.AsSpan((f * later) + f, later - f);
            double sum = errors[f];
            for (int i = 1; i < row.Length; i++)
            {
                sum -= row[i] * errors[f + i];
            }

            errors[f] = sum / row[0];
        }
    }

    /// <summary>The errors in the gap, and from them what to add to its samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(int frames, int later)
    {
        Span<double> bend = _bend.AsSpan(0, frames);
        for (int g = 0; g < frames; g++)
        {
            ReadOnlySpan<double> row = _answers.AsSpan(g * later, later);
            double sum = 0;
            for (int f = 0; f < later; f++)
            {
                sum -= row[f] * _errors[f];
            }

            bend[frames - 1 - g] = DoubtAt(frames - 1 - g, frames) * sum;
        }

        for (int n = 0; n < frames; n++)
        {
            AddScaled(bend[(n + 1)..], _model.AsSpan(1, frames - 1 - n), bend[n]);
        }
    }

    /// <summary>The square root of how much less an error at <paramref name="frame"/> of the gap counts.</summary>
    private static double DoubtAt(int frame, int frames) => Math.Sqrt(1 + ((Doubt - 1) * frame / frames));

    /// <summary>Adds four rows, each <paramref name="apart"/> behind the one before and scaled by its first value, in the order of the rows.</summary>
    private static void AddFour(Span<double> to, ReadOnlySpan<double> rows, int apart)
    {
        ReadOnlySpan<double> a = rows[..to.Length];
        ReadOnlySpan<double> b = rows.Slice(apart, to.Length);
        ReadOnlySpan<double> c = rows.Slice(2 * apart, to.Length);
        ReadOnlySpan<double> d = rows.Slice(3 * apart, to.Length);
        int i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> sum = new Vector<double>(to[i..]) + (new Vector<double>(a[i..]) * a[0]);
            sum += new Vector<double>(b[i..]) * b[0];
            sum += new Vector<double>(c[i..]) * c[0];
            sum += new Vector<double>(d[i..]) * d[0];
            sum.CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
        {
            double sum = to[i] + (a[i] * a[0]);
            sum += b[i] * b[0];
            sum += c[i] * c[0];
            to[i] = sum + (d[i] * d[0]);
        }
    }

    private static void AddScaled(Span<double> to, ReadOnlySpan<double> from, double scale)
    {
        ref double first = ref MemoryMarshal.GetReference(to);
        ref double second = ref MemoryMarshal.GetReference(from);
        int i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (Vector.LoadUnsafe(ref first, (nuint)i) + (Vector.LoadUnsafe(ref second, (nuint)i) * scale)).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < to.Length; i++)
        {
            to[i] += from[i] * scale;
        }
    }
}
