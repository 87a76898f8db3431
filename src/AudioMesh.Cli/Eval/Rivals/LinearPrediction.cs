// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>Continues a signal by a linear model.</summary>
internal static class LinearPrediction
{
    /// <summary>x[n] = sum of model[k - 1] * x[n - k], from <paramref name="past"/> on; silence from where it is no number any more.</summary>
    public static void Continue(ReadOnlySpan<float> past, ReadOnlySpan<float> model, Span<float> future)
    {
        float[] signal = new float[model.Length + future.Length];
        past[^model.Length..].CopyTo(signal);
        for (int n = model.Length; n < signal.Length; n++)
        {
            float sum = 0;
            for (int k = 1; k <= model.Length; k++)
            {
                sum += model[k - 1] * signal[n - k];
            }

            signal[n] = float.IsFinite(sum) ? sum : 0;
        }

        signal.AsSpan(model.Length).CopyTo(future);
    }
}
