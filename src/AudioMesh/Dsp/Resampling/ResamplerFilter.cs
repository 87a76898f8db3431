// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// The filters of a <see cref="Resampler"/>: band-limited interpolation by windowed sincs, a bank of phases each (J. O. Smith, "Digital Audio
/// Resampling"). Immutable, and shared by any number of resamplers on any threads. Making one takes milliseconds: on a control thread.
/// </summary>
public sealed class ResamplerFilter
{
    private const int MostExactPhases = 1280;
    private const double CutoffsPerOctave = 4;

    // A bank serves ratios a little lower than its own: its stopband begins as much before half the output's rate.
    private const double Tolerance = 0.9989;

    // Where fewer frames go out than this, of those that came in, it is cheaper to filter only those that do.
    private const double LeastDoubled = 0.5;

    private readonly double[] _cutoffs;

    /// <summary>Designs them. An option out of its range throws <see cref="AudioErrorKind.InvalidArgument"/>.</summary>
    public ResamplerFilter(ResamplerOptions options)
    {
        options.Validate();
        Options = options;
        if (options.Quality == ResamplerQuality.Linear)
        {
            _cutoffs = [1];
            Step = StepAt(1);
            WindowFrames = 1;
            LatencyFrames = 1;
            return;
        }

        ResamplerPreset preset = ResamplerPreset.Of(options.Quality, options.Precision);
        _cutoffs = Cutoffs(options);
        Doubling = !preset.IsSymmetric && _cutoffs.Length == 1 && _cutoffs[0] >= LeastDoubled ? 2 : 1;
        Step = StepAt(Doubling);
        int phases = options.ToRate / CommonDivisor(options.FromRate * Doubling, options.ToRate);
        int exactPhases = options.IsFixed && phases <= MostExactPhases ? phases : 0;
        if (options.Precision == ResamplerPrecision.Single)
        {
            Single = ResamplerBanks<float>.Make(preset, _cutoffs, Doubling > 1, exactPhases);
            WindowFrames = Single.Banks[^1].Taps / 2;
        }
        else
        {
            Double = ResamplerBanks<double>.Make(preset, _cutoffs, Doubling > 1, exactPhases);
            WindowFrames = Double.Banks[^1].Taps / 2;
        }

        LatencyFrames = (WindowFrames / Doubling) + (Doubling > 1 ? DoublerFilter<float>.HalfTapsAt(preset, _cutoffs[0]) : 0);
        PassbandHz = preset.PassbandEdge * _cutoffs[0] * options.FromRate / 2;
    }

    /// <summary>What it was made for.</summary>
    public ResamplerOptions Options { get; }

    /// <summary>The delay from a frame that goes in to the same sound coming out, in input frames.</summary>
    public int LatencyFrames { get; }

    /// <summary>Up to here nothing is lost, at the first ratio; 0 for <see cref="ResamplerQuality.Linear"/>, which promises nothing.</summary>
    public double PassbandHz { get; }

    /// <summary>2 where the rate is doubled first, else 1.</summary>
    internal int Doubling { get; } = 1;

    /// <summary>From one output frame to the next at the first ratio, in frames of the doubled rate.</summary>
    internal FramePosition Step { get; }

    /// <summary>Frames of the doubled rate from the middle of the longest window on.</summary>
    internal int WindowFrames { get; }

    internal ResamplerBanks<float> Single { get; } = ResamplerBanks<float>.None;

    internal ResamplerBanks<double> Double { get; } = ResamplerBanks<double>.None;

    /// <summary>The widest bank that keeps what a ratio cannot carry out of its output, or the narrowest there is.</summary>
    internal int BankFor(double ratio)
    {
        int bank = 0;
        while (bank < _cutoffs.Length - 1 && _cutoffs[bank] * Tolerance > ratio)
        {
            bank++;
        }

        return bank;
    }

    /// <summary>That of the first ratio, and those a quarter of an octave apart above and below, as far as the ratio may go; widest first.</summary>
    private static double[] Cutoffs(ResamplerOptions options)
    {
        double first = Math.Min(1, options.Ratio);
        List<double> cutoffs = [first];
        for (int i = 1; cutoffs[0] < Math.Min(1, options.HighestRatio) * Tolerance; i++)
        {
            cutoffs.Insert(0, Math.Min(1, first * Math.Pow(2, i / CutoffsPerOctave)));
        }

        for (int i = 1; cutoffs[^1] * Tolerance > options.LowestRatio; i++)
        {
            cutoffs.Add(first * Math.Pow(2, -i / CutoffsPerOctave));
        }

        return [.. cutoffs];
    }

    private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);

    private FramePosition StepAt(int doubling)
    {
        int common = CommonDivisor(Options.FromRate * doubling, Options.ToRate);
        return FramePosition.StepOf(Options.FromRate * doubling / common, Options.ToRate / common);
    }
}
