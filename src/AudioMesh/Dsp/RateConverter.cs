// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// Converts a stream of interleaved floats from one fixed rate to another by a windowed sinc (Kaiser, 64 taps at the lower rate; Smith,
/// "Digital Audio Resampling"). For worker threads, as files need it. Allocation-free after construction.
/// </summary>
public sealed class RateConverter
{
    private const int Phases = 512;
    private const int HalfTaps = 32;
    private const double KaiserBeta = 9.0;

    private readonly int _channels;
    private readonly int _halfTaps;
    private readonly float[] _table;
    private readonly float[] _history;
    private readonly double _step;
    private int _filled;
    private double _position;

    /// <summary>A converter with silence before the stream's first sample.</summary>
    public RateConverter(int channels, int fromRate, int toRate)
    {
        _channels = channels;
        _step = (double)fromRate / toRate;
        double cutoff = Math.Min(1.0, 1.0 / _step);
        _halfTaps = (int)Math.Ceiling(HalfTaps / cutoff);
        _table = BuildTable(_halfTaps, cutoff * 0.95);
        _history = new float[((4 * _halfTaps) + 4096) * channels];
        _filled = _halfTaps;
        _position = _halfTaps;
    }

    /// <summary>Frames of the source that come after the last one taken before its sound is complete; feed that much silence at the end.</summary>
    public int TailFrames => _halfTaps;

    /// <summary>Reads what it can of <paramref name="source"/>, writes what it can to <paramref name="destination"/>; returns the frames written.</summary>
    public int Process(ReadOnlySpan<float> source, Span<float> destination, out int consumedFrames)
    {
        int sourceFrames = source.Length / _channels;
        int destinationFrames = destination.Length / _channels;
        int produced = 0;
        consumedFrames = 0;
        while (true)
        {
            while (produced < destinationFrames && (int)_position + _halfTaps < _filled)
            {
                Interpolate(destination.Slice(produced * _channels, _channels));
                produced++;
                _position += _step;
            }

            DropSpent();
            int room = (_history.Length / _channels) - _filled;
            int take = Math.Min(room, sourceFrames - consumedFrames);
            if (produced == destinationFrames || take == 0)
            {
                return produced;
            }

            source.Slice(consumedFrames * _channels, take * _channels).CopyTo(_history.AsSpan(_filled * _channels));
            _filled += take;
            consumedFrames += take;
        }
    }

    /// <summary>Forgets the stream; the next sample is the first.</summary>
    public void Reset()
    {
        Array.Clear(_history);
        _filled = _halfTaps;
        _position = _halfTaps;
    }

    private void DropSpent()
    {
        int spent = (int)_position - _halfTaps;
        if (spent <= 0)
        {
            return;
        }

        _history.AsSpan(spent * _channels, (_filled - spent) * _channels).CopyTo(_history);
        _filled -= spent;
        _position -= spent;
    }

    private void Interpolate(Span<float> frame)
    {
        int whole = (int)_position;
        double phase = (_position - whole) * Phases;
        int row = (int)phase;
        float blend = (float)(phase - row);
        int taps = 2 * _halfTaps;
        ReadOnlySpan<float> left = _table.AsSpan(row * taps, taps);
        ReadOnlySpan<float> right = _table.AsSpan((row + 1) * taps, taps);
        ReadOnlySpan<float> samples = _history.AsSpan((whole - _halfTaps + 1) * _channels, taps * _channels);
        frame.Clear();
        for (int tap = 0; tap < taps; tap++)
        {
            float weight = left[tap] + (blend * (right[tap] - left[tap]));
            for (int channel = 0; channel < frame.Length; channel++)
            {
                frame[channel] += weight * samples[(tap * _channels) + channel];
            }
        }
    }

    private static float[] BuildTable(int halfTaps, double cutoff)
    {
        int taps = 2 * halfTaps;
        float[] table = new float[(Phases + 1) * taps];
        double[] row = new double[taps];
        for (int phase = 0; phase <= Phases; phase++)
        {
            double sum = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                double distance = tap - halfTaps + 1 - ((double)phase / Phases);
                row[tap] = Sinc(distance * cutoff) * Kaiser(distance / halfTaps);
                sum += row[tap];
            }

            for (int tap = 0; tap < taps; tap++)
            {
                table[(phase * taps) + tap] = (float)(row[tap] / sum);
            }
        }

        return table;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) =>
        Math.Abs(x) >= 1 ? 0 : BesselI0(KaiserBeta * Math.Sqrt(1 - (x * x))) / BesselI0(KaiserBeta);

    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
