// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>Trains linear predictors, bit for bit as <see cref="LatticeBurg"/> does: on this processor, or on a GPU. One thread at a time.</summary>
public interface IModelTrainer
{
    /// <summary>How many windows it likes to have at once; a GPU trains many in the time of one.</summary>
    int MostStreams { get; }

    /// <summary>Trains a model on each window. Throws what a device throws; the models then hold rubbish.</summary>
    /// <param name="windows">As many windows of <paramref name="window"/> samples as there are models, one after the other, oldest sample first.</param>
    /// <param name="window">At most <see cref="LatticeBurg.MostSamples"/>.</param>
    /// <param name="models">
    /// Models of <paramref name="order"/> coefficients, one after the other; the first coefficient belongs to the newest sample. All zeros where the
    /// window is silent.
    /// </param>
    /// <param name="order">At most <see cref="LatticeBurg.MostOrder"/>.</param>
    void Train(ReadOnlySpan<float> windows, int window, Span<float> models, int order);
}
