// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// What a <see cref="ResamplerFilter"/> is made for. Ratios are output frames per input frame. Where no other ratio is asked for, the ratio is
/// the exact fraction of both rates and cannot change.
/// </summary>
public sealed record ResamplerOptions
{
    private const double MostRatio = 256;
    private const double MostDrift = 2e-3;
    private readonly double? _lowestRatio;
    private readonly double? _highestRatio;

    /// <summary>Input frames per second, 1 to 768000.</summary>
    public required int FromRate { get; init; }

    /// <summary>Output frames per second, 1 to 768000; at most 256 times more or fewer than come in.</summary>
    public required int ToRate { get; init; }

    /// <summary>How good, at what latency.</summary>
    public ResamplerQuality Quality { get; init; } = ResamplerQuality.Best;

    /// <summary>What it computes in.</summary>
    public ResamplerPrecision Precision { get; init; }

    /// <summary>The lowest ratio that will be set, 1/256 or more; <see cref="ToRate"/> / <see cref="FromRate"/> unless set.</summary>
    public double LowestRatio { get => _lowestRatio ?? Ratio; init => _lowestRatio = value; }

    /// <summary>The highest ratio that will be set, 256 or less; <see cref="ToRate"/> / <see cref="FromRate"/> unless set.</summary>
    public double HighestRatio { get => _highestRatio ?? Ratio; init => _highestRatio = value; }

    /// <summary>The ratio that a resampler begins with.</summary>
    public double Ratio => (double)ToRate / FromRate;

    internal bool IsFixed => LowestRatio == HighestRatio;

    internal void Validate()
    {
        Check(FromRate is >= 1 and <= 768000, nameof(FromRate), FromRate, "1..768000");
        Check(ToRate is >= 1 and <= 768000, nameof(ToRate), ToRate, "1..768000");
        Check(Enum.IsDefined(Quality), nameof(Quality), (double)Quality, "one of the qualities");
        Check(Enum.IsDefined(Precision), nameof(Precision), (double)Precision, "one of the precisions");
        Check(LowestRatio >= 1 / MostRatio && LowestRatio <= Ratio, nameof(LowestRatio), LowestRatio, "1/256..ToRate / FromRate");
        Check(Quality != ResamplerQuality.Drift || Math.Max(1 - LowestRatio, HighestRatio - 1) <= MostDrift, nameof(Quality), (double)Quality, "Drift for ratios of 0.998..1.002 alone");
        Check(HighestRatio <= MostRatio && HighestRatio >= Ratio, nameof(HighestRatio), HighestRatio, "ToRate / FromRate..256");
    }

    private static void Check(bool holds, string name, double value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Resampler {name} is {value}; allowed: {allowed}.")
            {
                Field = name,
                Allowed = allowed,
            };
        }
    }
}
