// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>
/// The symmetric low-pass of so many taps whose weighed errors are the least: they rise to the same height all over both bands. Remez's exchange, as T. W. Parks and J. H. McClellan have it
/// ("Chebyshev approximation for nonrecursive digital filters with linear phase", 1972), by the barycentric formula; it begins from the extrema of a filter of half the length (S.-I. Filip, "A robust
/// and scalable implementation of the Parks-McClellan algorithm", 2016).
/// </summary>
internal sealed class EquirippleLowPass
{
    private const int Shortest = 24;
    private const int MostRounds = 60;
    private const double Even = 1e-6;

    private readonly int _taps;
    private readonly EquirippleGrid _grid;
    private readonly double[] _weights;
    private readonly double[] _values;
    private readonly double[] _places;
    private readonly double[] _errors;
    private int[] _extrema;
    private double _height;

    /// <summary>
    /// With taps 0 to <paramref name="taps"/> - 1 on either side. The bands end and begin at so many radians a frame; <paramref name="stopWeight"/> is the weight of what the stopband lets through.
    /// </summary>
    public EquirippleLowPass(int taps, double passEnd, double stopStart, double stopWeight, ShortResponse following)
    {
        _taps = taps;
        _grid = new EquirippleGrid(taps, passEnd, stopStart, stopWeight, following);
        (_weights, _values, _places, _errors) = (new double[taps + 1], new double[taps + 1], new double[taps + 1], new double[_grid.Count]);
        _extrema = taps > Shortest ? Spread(new EquirippleLowPass(taps / 2, passEnd, stopStart, stopWeight, following)) : Evenly();
        for (int round = 0; round < MostRounds; round++)
        {
            Interpolate();
            if (Measure() <= Math.Abs(_height) * (1 + Even))
            {
                break;
            }

            Exchange();
        }
    }

    /// <summary>The taps from the middle on, whose response at DC is what is asked for within the ripple.</summary>
    public double[] Taps()
    {
        int period = (2 * _taps) - 1;
        double[] cosines = new double[period];
        double[] response = new double[_taps];
        for (int i = 0; i < period; i++)
        {
            cosines[i] = Math.Cos(2 * Math.PI * i / period);
        }

        for (int i = 0; i < _taps; i++)
        {
            response[i] = ResponseAt(cosines[i]);
        }

        double[] taps = new double[_taps];
        for (int tap = 0; tap < _taps; tap++)
        {
            double sum = response[0];
            for (int i = 1; i < _taps; i++)
            {
                sum += 2 * response[i] * cosines[(int)((long)i * tap % period)];
            }

            taps[tap] = sum / period;
        }

        return taps;
    }

    private int[] Evenly()
    {
        int[] extrema = new int[_taps + 1];
        for (int i = 0; i <= _taps; i++)
        {
            extrema[i] = (int)((long)i * (_grid.Count - 1) / _taps);
        }

        return extrema;
    }

    // As many in either band, for their number, as the shorter filter has, and as far apart.
    private int[] Spread(EquirippleLowPass shorter)
    {
        int shorterPass = Array.FindIndex(shorter._extrema, index => index >= shorter._grid.PassCount);
        int pass = (int)Math.Round((_taps + 1.0) * shorterPass / shorter._extrema.Length);
        int[] extrema = new int[_taps + 1];
        Spread(shorter, 0, shorterPass, extrema.AsSpan(0, pass));
        Spread(shorter, shorterPass, shorter._extrema.Length, extrema.AsSpan(pass));
        for (int i = 1; i < extrema.Length; i++)
        {
            extrema[i] = Math.Max(extrema[i], extrema[i - 1] + 1);
        }

        return extrema;
    }

    private void Spread(EquirippleLowPass shorter, int from, int to, Span<int> extrema)
    {
        for (int i = 0; i < extrema.Length; i++)
        {
            double place = (double)i * (to - from - 1) / (extrema.Length - 1);
            int before = Math.Min((int)place, to - from - 2);
            double radians = shorter._grid.RadiansAt(shorter._extrema[from + before]);
            double next = shorter._grid.RadiansAt(shorter._extrema[from + before + 1]);
            extrema[i] = _grid.Nearest(radians + ((place - before) * (next - radians)));
        }
    }

    // The polynomial in the cosine whose weighed errors at the extrema are as high, above and below by turns.
    private void Interpolate()
    {
        double desired = 0, alternating = 0;
        for (int i = 0; i <= _taps; i++)
        {
            _places[i] = _grid.Cosines[_extrema[i]];
        }

        for (int i = 0; i <= _taps; i++)
        {
            double product = 1;
            for (int k = 0; k <= _taps; k++)
            {
                product *= k == i ? 1 : 2 * (_places[i] - _places[k]);
            }

            _weights[i] = 1 / product;
            desired += _weights[i] * _grid.Desired[_extrema[i]];
            alternating += Sign(i) * _weights[i] / _grid.Weights[_extrema[i]];
        }

        _height = desired / alternating;
        for (int i = 0; i <= _taps; i++)
        {
            _values[i] = _grid.Desired[_extrema[i]] - (Sign(i) * _height / _grid.Weights[_extrema[i]]);
        }
    }

    private static double Sign(int index) => 1 - (2 * (index & 1));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double ResponseAt(double cosine)
    {
        double over = 0, under = 0;
        for (int i = 0; i < _places.Length; i++)
        {
            double apart = cosine - _places[i];
            if (apart == 0)
            {
                return _values[i];
            }

            double share = _weights[i] / apart;
            over += share * _values[i];
            under += share;
        }

        return over / under;
    }

    private double Measure()
    {
        double most = 0;
        for (int i = 0; i < _errors.Length; i++)
        {
            _errors[i] = _grid.Weights[i] * (_grid.Desired[i] - ResponseAt(_grid.Cosines[i]));
            most = Math.Max(most, Math.Abs(_errors[i]));
        }

        return most;
    }

    // The highest errors of each stretch of one sign, and of those, where there are too many, all but the lowest.
    private void Exchange()
    {
        List<int> found = [];
        for (int i = 0; i < _errors.Length; i++)
        {
            if (!IsPeak(i))
            {
                continue;
            }

            if (found.Count == 0 || Math.Sign(_errors[found[^1]]) != Math.Sign(_errors[i]))
            {
                found.Add(i);
            }
            else if (Math.Abs(_errors[i]) > Math.Abs(_errors[found[^1]]))
            {
                found[^1] = i;
            }
        }

        if (found.Count < _extrema.Length)
        {
            throw new InvalidOperationException($"The errors of {_taps} taps have {found.Count} extrema of {_extrema.Length}.");
        }

        while (found.Count > _extrema.Length)
        {
            LeaveOutLowest(found);
        }

        _extrema = [.. found];
    }

    private bool IsPeak(int index)
    {
        double error = _errors[index];
        double before = index == 0 || index == _grid.PassCount ? 0 : _errors[index - 1] * Math.Sign(error);
        double after = index == _grid.PassCount - 1 || index == _errors.Length - 1 ? 0 : _errors[index + 1] * Math.Sign(error);
        return Math.Abs(error) >= before && Math.Abs(error) > after;
    }

    private void LeaveOutLowest(List<int> found)
    {
        if (found.Count == _extrema.Length + 1)
        {
            found.RemoveAt(Math.Abs(_errors[found[0]]) < Math.Abs(_errors[found[^1]]) ? 0 : found.Count - 1);
            return;
        }

        int lowest = 0;
        for (int i = 1; i < found.Count - 1; i++)
        {
            lowest = HigherOf(found, i) < HigherOf(found, lowest) ? i : lowest;
        }

        found.RemoveRange(lowest, 2);
    }

    private double HigherOf(List<int> found, int first) => Math.Max(Math.Abs(_errors[found[first]]), Math.Abs(_errors[found[first + 1]]));
}
