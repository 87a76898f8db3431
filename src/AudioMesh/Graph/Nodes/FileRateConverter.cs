// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Graph.Nodes;

/// <summary>Converts interleaved frames to a file's rate, with the best filter: on a worker thread 64 bits cost nobody's deadline.</summary>
internal sealed class FileRateConverter(int fromRate, int toRate, int channels)
{
    private const int BlockFrames = 2048;

    private readonly float[] _converted = new float[BlockFrames * channels];
    private readonly Resampler _resampler = new(
        new ResamplerFilter(new ResamplerOptions { FromRate = fromRate, ToRate = toRate, Precision = ResamplerPrecision.Double }), channels, skipsLatency: true);

    /// <summary>Takes what it can from the front of <paramref name="samples"/>; what it returns is valid until the next call.</summary>
    public ReadOnlySpan<float> Convert(ref ReadOnlySpan<float> samples)
    {
        int made = _resampler.Process(samples, _converted, out int consumed);
        samples = samples[(consumed * channels)..];
        return _converted.AsSpan(0, made * channels);
    }

    /// <summary>The stream's last frames, piece by piece, until none are left.</summary>
    public ReadOnlySpan<float> Flush() => _converted.AsSpan(0, _resampler.Flush(_converted) * channels);
}
