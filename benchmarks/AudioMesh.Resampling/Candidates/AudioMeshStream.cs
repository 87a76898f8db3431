// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Resampling.Candidates;

/// <summary>The resampler that is measured.</summary>
internal sealed class AudioMeshStream(Resampler resampler) : IStream
{
    public static Candidate Of(ResamplerQuality quality, ResamplerPrecision precision) => new(
        $"AudioMesh {quality}{(precision == ResamplerPrecision.Double ? ", float64" : "")}",
        (conversion, channels) => new AudioMeshStream(Make(conversion, channels, quality, precision)));

    /// <summary>Fixed, or at a ratio within a thousandth of 1 that could change.</summary>
    public static Resampler Make(Conversion conversion, int channels, ResamplerQuality quality, ResamplerPrecision precision)
    {
        ResamplerOptions options = new()
        {
            FromRate = (int)conversion.From,
            ToRate = conversion.Drifts ? (int)conversion.From : (int)conversion.To,
            Quality = quality,
            Precision = precision,
        };
        options = conversion.Drifts ? options with { LowestRatio = 0.999, HighestRatio = 1.001 } : options;
        return new Resampler(new ResamplerFilter(options), channels) { Ratio = conversion.Ratio };
    }

    public int Process(ReadOnlySpan<float> input, Span<float> output) => resampler.Process(input, output, out _);

    public void Dispose()
    {
    }
}
