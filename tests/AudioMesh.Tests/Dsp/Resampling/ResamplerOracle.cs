// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp.Resampling;

/// <summary>The resampler's arithmetic written down once more, one product after the other in doubles, with every phase computed where it is needed.</summary>
internal sealed class ResamplerOracle
{
    private const double StopbandEdge = 0.9985;
    private readonly bool _isDoubled;
    private readonly int _window;
    private readonly Func<double, double> _response;
    private readonly int _steepHalf;
    private readonly Func<double, double> _steep;
    private readonly double[] _steepSums = new double[2];
    private readonly Dictionary<long, double> _doubled = [];
    private readonly float[] _input;

    /// <summary>Of a quality with so many taps and such a stopband, at a ratio that does not change.</summary>
    public ResamplerOracle(float[] input, int taps, double stopbandDb, double ratio, ResamplerPrecision precision)
    {
        double cutoff = Math.Min(1, ratio);
        double passband = StopbandEdge - (2 * (stopbandDb - 7.95) / (14.36 * (taps - 1)));
        _input = input;
        _isDoubled = cutoff >= 0.5;
        _steepHalf = (int)Math.Ceiling(taps / cutoff / 16) * 8;
        double steepCutoff = cutoff * (passband + StopbandEdge) / 2;
        bool isSingle = precision == ResamplerPrecision.Single;
        Func<double, double> between = frames => Response(frames, isSingle ? 4 : 6, isSingle ? 0.08 : 0.48, 172);
        _steep = _isDoubled
            ? Equalized(_steepHalf, steepCutoff, stopbandDb, between, isSingle ? 4 : 6)
            : frames => Response(frames, _steepHalf, steepCutoff, stopbandDb);
        for (int frame = -_steepHalf; frame < _steepHalf; frame++)
        {
            _steepSums[0] += Math.Abs(frame) < _steepHalf ? _steep(frame) : 0;
            _steepSums[1] += _steep(frame + 0.5);
        }

        int window = (int)Math.Ceiling(taps / cutoff / 8) * 8;
        _window = _isDoubled ? isSingle ? 4 : 6 : window / 2;
        _response = _isDoubled ? between : frames => Response(frames, _window, steepCutoff, stopbandDb);
    }

    public static (int Taps, double StopbandDb) Preset(ResamplerQuality quality) => quality switch
    {
        ResamplerQuality.Low => (48, 80),
        ResamplerQuality.Medium => (96, 98),
        ResamplerQuality.High => (175, 132.5),
        _ => (205, 143),
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

        long frame = index >> 1;
        bool isBetween = (index & 1) != 0;
        double sum = 0;
        for (int tap = 1 - _steepHalf; tap < (isBetween ? _steepHalf + 1 : _steepHalf); tap++)
        {
            sum += Input(frame + tap) * _steep(isBetween ? tap - 0.5 : tap);
        }

        return _doubled[index] = sum / _steepSums[isBetween ? 1 : 0];
    }

    /// <summary>
    /// The integral, by Simpson's rule, of what undoes the following filter, less what the window's curvature adds to it; every tap once.
    /// </summary>
    private static Func<double, double> Equalized(int half, double cutoff, double stopbandDb, Func<double, double> following, int followingHalf)
    {
        const int Points = 2000;
        const int Support = 200;
        double beta = 0.1102 * (stopbandDb - 8.7);
        double slope = (Bessel(beta * (1 + 1e-5)) - Bessel(beta * (1 - 1e-5))) / (2e-5 * beta);
        double bend = beta / (half * (double)half) * slope / Bessel(beta) / (8 * Math.PI * Math.PI);
        double[] taps = [.. Enumerable.Range(0, Support).Select(i => following((i + 0.5) * followingHalf / Support))];
        double Level(double frequency) => taps.Select((tap, i) => tap * Math.Cos(Math.PI * frequency * (i + 0.5) * followingHalf / Support)).Sum();
        double Gain(double frequency) => Level(0) / Level(frequency);
        double[] gains = new double[Points + 1];
        for (int i = 0; i <= Points; i++)
        {
            double frequency = i * cutoff / 2 / Points;
            double bent = (Gain(frequency - 1e-3) - (2 * Gain(frequency)) + Gain(frequency + 1e-3)) / 1e-6;
            gains[i] = (Gain(frequency) - (bend * bent)) * (i is 0 or Points ? 1 : i % 2 == 0 ? 2 : 4);
        }

        Dictionary<double, double> known = [];
        return frames =>
        {
            if (!known.TryGetValue(Math.Abs(frames), out double value))
            {
                value = gains.Select((gain, i) => gain * Math.Cos(Math.PI * i * cutoff / Points * frames)).Sum() * Response(frames, half, 0, stopbandDb);
                known[Math.Abs(frames)] = value;
            }

            return value;
        };
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
