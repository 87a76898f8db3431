// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;

namespace AudioMesh.RoundTrip;

/// <summary>
/// Lays what was heard beside what was sent. Both ways to follow a clock count as right, jumps and glides: for each window the lag is sought at which most of its blocks agree, and between windows a
/// block may take whichever lag near it suits it best.
/// </summary>
internal sealed class Alignment
{
    /// <summary>A receiver glides by 2000 ppm at most.</summary>
    private const double GlidePace = 2.2e-3;

    private const int Near = 160;
    private const int Far = 4096;
    private const int Padding = 1 << 16;
    private const double DoubtfulShare = 0.3;
    private const double LostShare = 0.6;
    private const double ClearlyLess = 0.15;

    private readonly int _windowFrames;
    private readonly double _glideFrames;
    private readonly float[] _sent;
    private readonly int _sentFrames;
    private readonly float[] _heard;
    private readonly List<double> _lags = [];
    private readonly List<bool> _isKnown = [];

    private Alignment(float[] sent, float[] heard, int windowFrames, int ways)
    {
        (_windowFrames, _glideFrames) = (windowFrames, ways * GlidePace * windowFrames);
        _sent = new float[sent.Length + (2 * Padding)];
        sent.CopyTo(_sent, Padding);
        (_sentFrames, _heard) = (sent.Length, heard);
    }

    /// <summary>
    /// The blocks of what was heard that fall onto what was sent, where the first lag lies between two bounds. It went so many <paramref name="ways"/>; the better it tells one place of itself from
    /// another, the shorter the windows may be.
    /// </summary>
    public static IReadOnlyList<AlignedBlock> Of(float[] sent, float[] heard, int leastLag, int mostLag, int windowFrames, int ways)
    {
        Alignment alignment = new(sent, heard, windowFrames, ways);
        alignment.Track(leastLag, mostLag);
        return [.. alignment.Compare()];
    }

    private void Track(int leastLag, int mostLag)
    {
        (int lag, bool isFound) = (leastLag, false);
        for (int frame = 0; frame + _windowFrames <= _heard.Length; frame += _windowFrames)
        {
            (int Lag, double Cost) best = (lag, 1);
            if (!isFound || IsLoud(frame, lag))
            {
                best = isFound ? Best(frame, lag - Near, lag + Near) : best;
                best = best.Cost > DoubtfulShare ? Better(best, Best(frame, leastLag - Far, mostLag + Far)) : best;
            }

            bool isKnown = best.Cost < (isFound ? LostShare : DoubtfulShare) && IsLoud(frame, best.Lag);
            (lag, isFound) = isKnown ? (best.Lag, true) : (lag, isFound);
            _lags.Add(isKnown ? best.Lag + Fraction(frame, best.Lag) : double.NaN);
            _isKnown.Add(isKnown);
        }
    }

    private bool IsLoud(int frame, int lag) => IsIn(frame, lag) && Energy(_sent.AsSpan(Padding + frame - lag, _windowFrames)) > _windowFrames * 1e-6;

    /// <summary>A lag far off only where it is clearly better: music repeats itself.</summary>
    private static (int Lag, double Cost) Better((int Lag, double Cost) near, (int Lag, double Cost) far) => far.Cost < near.Cost - ClearlyLess ? far : near;

    /// <summary>The lag at which the least share of the window's blocks differs.</summary>
    private (int Lag, double Cost) Best(int frame, int from, int to)
    {
        (int Lag, double Cost) best = (from, double.MaxValue);
        for (int lag = from; lag <= to; lag++)
        {
            if (!IsIn(frame, lag))
            {
                continue;
            }

            double cost = 0;
            for (int block = 0; block < _windowFrames && cost < best.Cost * _windowFrames / AlignedBlock.Frames; block += AlignedBlock.Frames)
            {
                cost += Math.Min(1, Ratio(frame + block, lag));
            }

            cost *= (double)AlignedBlock.Frames / _windowFrames;
            best = cost < best.Cost ? (lag, cost) : best;
        }

        return best;
    }

    /// <summary>How far from a whole lag the best one lies, by a parabola through the error of the blocks that agree.</summary>
    private double Fraction(int frame, int lag)
    {
        (double before, double here, double after) = (0, 0, 0);
        for (int block = 0; block < _windowFrames; block += AlignedBlock.Frames)
        {
            if (Ratio(frame + block, lag) < 0.25)
            {
                before += Error(frame + block, lag - 1);
                here += Error(frame + block, lag);
                after += Error(frame + block, lag + 1);
            }
        }

        double bend = before - (2 * here) + after;
        return bend <= 0 ? 0 : Math.Clamp(0.5 * (before - after) / bend, -0.5, 0.5);
    }

    private IEnumerable<AlignedBlock> Compare()
    {
        float[] moved = new float[AlignedBlock.Frames];
        for (int frame = 0; frame + AlignedBlock.Frames <= _lags.Count * _windowFrames; frame += AlignedBlock.Frames)
        {
            AlignedBlock best = new(frame, 0, 0, double.MaxValue);
            foreach (double lag in LagsAt(frame))
            {
                int whole = (int)Math.Round(lag);
                if (frame - whole < 0 || frame - whole + AlignedBlock.Frames > _sentFrames)
                {
                    continue;
                }

                AlignedBlock candidate = CompareAt(frame, lag, moved);
                best = candidate.Error < best.Error ? candidate : best;
            }

            if (best.Error < double.MaxValue)
            {
                yield return best;
            }
        }
    }

    private AlignedBlock CompareAt(int frame, double lag, float[] moved)
    {
        int whole = (int)Math.Round(lag);
        double error = Error(frame, whole);
        if (Math.Abs(lag - whole) > 0.01)
        {
            BetweenFrames.Read(_sent, Padding + frame - lag, moved);
            error = Math.Min(error, Difference(_heard.AsSpan(frame, AlignedBlock.Frames), moved));
        }

        return new AlignedBlock(frame, lag, Energy(_sent.AsSpan(Padding + frame - whole, AlignedBlock.Frames)), error);
    }

    /// <summary>Lags that a block may have: those of the known windows around it, and what lies between them where it glides.</summary>
    private IEnumerable<double> LagsAt(int frame)
    {
        double centre = ((double)frame + (AlignedBlock.Frames / 2)) / _windowFrames;
        int window = (int)centre;
        int before = Math.Clamp((int)Math.Floor(centre - 0.5), 0, _lags.Count - 1);
        int after = Math.Min(before + 1, _lags.Count - 1);
        before = _isKnown.FindLastIndex(before, known => known);
        after = _isKnown.FindIndex(after, known => known);
        if (before >= 0 && after > before && Math.Abs(_lags[after] - _lags[before]) < _glideFrames)
        {
            yield return _lags[before] + ((_lags[after] - _lags[before]) * (centre - 0.5 - before) / (after - before));
        }

        foreach (int near in (int[])[window, before, after])
        {
            if (near >= 0 && near < _lags.Count && _isKnown[near])
            {
                yield return _lags[near];
            }
        }
    }

    private bool IsIn(int frame, int lag) => frame - lag > -Padding && frame - lag + _windowFrames < _sentFrames + Padding;

    private double Ratio(int frame, int lag) =>
        Error(frame, lag) / Math.Max(AlignedBlock.Floor, Energy(_sent.AsSpan(Padding + frame - lag, AlignedBlock.Frames)));

    private double Error(int frame, int lag) => Difference(_heard.AsSpan(frame, AlignedBlock.Frames), _sent.AsSpan(Padding + frame - lag, AlignedBlock.Frames));

    private static double Energy(ReadOnlySpan<float> samples)
    {
        Vector<float> sum = Vector<float>.Zero;
        foreach (ref readonly Vector<float> vector in MemoryMarshal.Cast<float, Vector<float>>(samples))
        {
            sum += vector * vector;
        }

        return Vector.Sum(sum);
    }

    private static double Difference(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ReadOnlySpan<Vector<float>> lefts = MemoryMarshal.Cast<float, Vector<float>>(left);
        ReadOnlySpan<Vector<float>> rights = MemoryMarshal.Cast<float, Vector<float>>(right);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < lefts.Length; i++)
        {
            Vector<float> difference = lefts[i] - rights[i];
            sum += difference * difference;
        }

        return Vector.Sum(sum);
    }
}
