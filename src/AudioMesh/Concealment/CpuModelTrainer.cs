// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>Trains on the calling thread.</summary>
public sealed class CpuModelTrainer : IModelTrainer
{
    private readonly float[] _weights = new float[LatticeBurg.MostSamples];
    private readonly float[] _dither = new float[LatticeBurg.MostSamples];
    private readonly float[] _work = new float[LatticeBurg.WorkLength(LatticeBurg.MostSamples, LatticeBurg.MostOrder)];
    private int _weightsOf;

    /// <summary>Allocates what training works in.</summary>
    public CpuModelTrainer() => LatticeBurg.FillDither(_dither);

    /// <inheritdoc/>
    public int MostStreams => 1;

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<float> windows, int window, Span<float> models, int order)
    {
        Span<float> weights = _weights.AsSpan(0, window);
        if (_weightsOf != window)
        {
            LatticeBurg.FillWeights(weights);
            _weightsOf = window;
        }

        for (int stream = 0; stream * order < models.Length; stream++)
        {
            LatticeBurg.Train(windows.Slice(stream * window, window), weights, _dither.AsSpan(0, window), _work, models.Slice(stream * order, order));
        }
    }
}
