// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>
/// Burg's method in single precision with as many coefficients as the window allows, the denominator carried from stage to stage instead of being
/// summed anew (C. Collomb, "Linear Prediction and Levinson-Durbin Algorithm", 2009) and inflated at the start by 1e-5.
/// </summary>
internal static class ShortBurgModel
{
    private const float Inflated = 2.00002f;
    private const float SmallestDenominator = 1.1920929e-7f;

    /// <summary>One coefficient fewer than there are samples; the first belongs to the newest sample.</summary>
    public static float[] Train(ReadOnlySpan<float> samples)
    {
        float[] forward = samples.ToArray();
        float[] backward = samples.ToArray();
        float[] model = new float[samples.Length - 1];
        float[] before = new float[model.Length];
        float denominator = 0;
        foreach (float sample in samples)
        {
            denominator += Inflated * sample * sample;
        }

        denominator -= (forward[0] * forward[0]) + (backward[^1] * backward[^1]);
        for (int stage = 1; stage <= model.Length; stage++)
        {
            int left = samples.Length - stage;
            float reflection = 2 * Product(forward.AsSpan(stage), backward.AsSpan(0, left)) / (denominator == 0 ? SmallestDenominator : denominator);
            Raise(model, before, stage, reflection);
            for (int n = 0; n < left; n++)
            {
                float later = forward[n + stage];
                forward[n + stage] -= reflection * backward[n];
                backward[n] -= reflection * later;
            }

            float atStart = forward[stage], atEnd = backward[left - 1];
            denominator = ((1 - (reflection * reflection)) * denominator) - (atStart * atStart) - (atEnd * atEnd);
        }

        return model;
    }

    private static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int n = 0; n < a.Length; n++)
        {
            sum += a[n] * b[n];
        }

        return sum;
    }

    /// <summary>Levinson's step from order <paramref name="stage"/> - 1 to <paramref name="stage"/>.</summary>
    private static void Raise(float[] model, float[] before, int stage, float reflection)
    {
        Array.Copy(model, before, stage - 1);
        for (int k = 1; k < stage; k++)
        {
            model[k - 1] = before[k - 1] - (reflection * before[stage - k - 1]);
        }

        model[stage - 1] = reflection;
    }
}
