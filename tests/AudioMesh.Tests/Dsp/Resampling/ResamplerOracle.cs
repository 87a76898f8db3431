// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp.Resampling;

/// <summary>The resampler's arithmetic written down once more, one product after the other in doubles, with every phase computed where it is needed.</summary>
internal sealed class ResamplerOracle
{
    private const double StopbandEdge = 0.9985;
    private static readonly Dictionary<(int Half, double Passband, double ImageWeight, int FollowingHalf), double[]> Known = [];

    private readonly bool _isDoubled;
    private readonly int _window;
    private readonly Func<double, double> _response;
    private readonly int _steepHalf;
    private readonly double[] _steep;
    private readonly double _steepSum;
    private readonly Dictionary<long, double> _doubled = [];
    private readonly float[] _input;

    /// <summary>Of a quality, at a ratio that does not change.</summary>
    public ResamplerOracle(float[] input, ResamplerQuality quality, double ratio, ResamplerPrecision precision)
    {
        (int taps, double stopbandDb, int steepTaps, double imageWeight) = Preset(quality, precision);
        double cutoff = Math.Min(1, ratio);
        double passband = StopbandEdge - (2 * (stopbandDb - 7.95) / (14.36 * (taps - 1)));
        _input = input;
        _isDoubled = cutoff >= 0.5;
        bool isSingle = precision == ResamplerPrecision.Single;
        int window = (int)Math.Ceiling(taps / cutoff / 8) * 8;
        _window = _isDoubled ? isSingle ? 4 : 6 : window / 2;
        Func<double, double> between = frames => Response(frames, isSingle ? 4 : 6, isSingle ? 0.08 : 0.48, 172);
        _response = _isDoubled ? between : frames => Response(frames, _window, cutoff * (passband + StopbandEdge) / 2, stopbandDb);
        _steepHalf = (int)Math.Ceiling(steepTaps / cutoff / 16) * 8;
        _steep = _isDoubled ? Steep(_steepHalf, cutoff * passband, cutoff * StopbandEdge, imageWeight, between, _window) : [];
        _steepSum = _isDoubled ? _steep.Sum() - (_steep[0] / 2) : 1;
    }

    private static (int Taps, double StopbandDb, int SteepTaps, double ImageWeight) Preset(ResamplerQuality quality, ResamplerPrecision precision) => quality switch
    {
        ResamplerQuality.Low => (48, 80, 48, 30),
        ResamplerQuality.Medium => (96, 98, 80, 30),
        ResamplerQuality.High => (191, 132.5, 128, 2000),
        _ => precision == ResamplerPrecision.Double ? (207, 143, 144, 10000) : (207, 143, 144, 1200),
    };

    /// <summary>The sound at <paramref name="place"/>, in input frames.</summary>
    public double At(double place)
    {
        double position = _isDoubled ? 2 * place : place;
        long middle = (long)Math.Floor(position);
        double sum = 0, weights = 0;
        for (int tap = 1 - _window; tap <= _window; tap++)
        {
            double weight = _response(tap - (position - middle));
            weights += weight;
            sum += weight * (_isDoubled ? Doubled(middle + tap) : Input(middle + tap));
        }

        return sum / weights;
    }

    private double Doubled(long index)
    {
        if (_doubled.TryGetValue(index, out double known))
        {
            return known;
        }

        double sum = 0;
        for (int tap = 1 - _steep.Length; tap < _steep.Length; tap++)
        {
            sum += ((index - tap) & 1) == 0 ? Input((index - tap) >> 1) * _steep[Math.Abs(tap)] : 0;
        }

        return _doubled[index] = sum / _steepSum;
    }

    private static double[] Steep(int half, double passband, double stopband, double imageWeight, Func<double, double> following, int followingHalf)
    {
        lock (Known)
        {
            if (!Known.TryGetValue((half, passband, imageWeight, followingHalf), out double[]? taps))
            {
                const int Support = 400;
                double[] values = [.. Enumerable.Range(0, Support).Select(i => following((i + 0.5) * followingHalf / Support))];
                double Level(double radians) => values.Select((value, i) => value * Math.Cos(radians * (i + 0.5) * followingHalf / Support)).Sum();
                double still = Level(0);
                taps = EquirippleOracle.Taps(2 * half, Math.PI / 2 * passband, Math.PI / 2 * stopband, imageWeight, radians => Level(radians) / still);
                Known[(half, passband, imageWeight, followingHalf)] = taps;
            }

            return taps;
        }
    }

    private double Input(long frame) => frame >= 0 && frame < _input.Length ? _input[frame] : 0;

    private static double Response(double frames, double half, double cutoff, double stopbandDb)
    {
        double edge = frames / half;
        if (Math.Abs(edge) > 1)
        {
            return 0;
        }

        double beta = 0.1102 * (stopbandDb - 8.7);
        double x = Math.PI * cutoff * frames;
        return (x == 0 ? 1 : Math.Sin(x) / x) * Bessel(beta * Math.Sqrt(1 - (edge * edge))) / Bessel(beta);
    }

    /// <summary>I0 by its integral: the mean of exp(x cos t) over half a turn, which the trapezoidal rule has to the last digit.</summary>
    private static double Bessel(double x)
    {
        const int Points = 32;
        double sum = (Math.Exp(x) + Math.Exp(-x)) / 2;
        for (int i = 1; i < Points; i++)
        {
            sum += Math.Exp(x * Math.Cos(Math.PI * i / Points));
        }

        return sum / Points;
    }
}
