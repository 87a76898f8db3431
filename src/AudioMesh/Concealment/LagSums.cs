// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>
/// What fills that were tried have in common with the samples that came, by lag, and the mix of the predictors that would have come nearest: least
/// squares, drawn towards the first model's prediction alone where little is known.
/// </summary>
internal sealed class LagSums
{
    private const int Predictors = 3;
    private const int Rounds = 8;
    private const float Forgetting = 0.97f;
    private const float Floor = 1e-7f;
    private const float ShareRidge = 0.025f;
    private const float GainRidge = 0.02f;

    /// <summary>For each segment the predictors' products with each other.</summary>
    private readonly float[] _mutual = new float[LagSegments.Count * Predictors * Predictors];

    /// <summary>For each segment the predictors' products with what came.</summary>
    private readonly float[] _came = new float[LagSegments.Count * Predictors];

    /// <summary>What was learnt counts a little less from now on.</summary>
    public void Forget()
    {
        Scale(_mutual, Forgetting);
        Scale(_came, Forgetting);
    }

    /// <summary>Adds what the predictors were to <paramref name="came"/> in one segment. Loudness does not count.</summary>
    public void Add(
        int segment, ReadOnlySpan<float> came, ReadOnlySpan<float> predicted, ReadOnlySpan<float> second, ReadOnlySpan<float> repeated)
    {
        Span<float> mutual =
        [
            LaneSums.Squares(predicted), LaneSums.Products(predicted, second), LaneSums.Products(predicted, repeated),
            0, LaneSums.Squares(second), LaneSums.Products(second, repeated),
            0, 0, LaneSums.Squares(repeated),
        ];
        (mutual[3], mutual[6], mutual[7]) = (mutual[1], mutual[2], mutual[5]);
        float power = LaneSums.Squares(came);
        if (!float.IsFinite(power + mutual[0] + mutual[4] + mutual[8]))
        {
            return;
        }

        float scale = 1 / MathF.Sqrt((0.5f * (power + mutual[0])) + (Floor * came.Length));
        AddScaled(_mutual.AsSpan(segment * mutual.Length, mutual.Length), mutual, scale);
        AddScaled(
            _came.AsSpan(segment * Predictors, Predictors),
            [LaneSums.Products(came, predicted), LaneSums.Products(came, second), LaneSums.Products(came, repeated)],
            scale);
    }

    /// <summary>Writes the mix to <paramref name="forecast"/>.</summary>
    public void Mix(ref GapForecast forecast)
    {
        Span<float> shares = stackalloc float[Predictors];
        for (int segment = 0; segment < LagSegments.Count; segment++)
        {
            ReadOnlySpan<float> mutual = _mutual.AsSpan(segment * Predictors * Predictors, Predictors * Predictors);
            ReadOnlySpan<float> came = _came.AsSpan(segment * Predictors, Predictors);
            Divide(mutual, came, shares);
            float gain = GainOf(mutual, came, shares);
            forecast.Predicted[segment] = gain * shares[0];
            forecast.Second[segment] = gain * shares[1];
            forecast.Repeated[segment] = gain * shares[2];
        }

        // The first segment's values are said at its end, which is where the second begins.
        forecast.Predicted[0] = 0.5f * (forecast.Predicted[0] + forecast.Predicted[1]);
        forecast.Second[0] = 0.5f * (forecast.Second[0] + forecast.Second[1]);
        forecast.Repeated[0] = 0.5f * (forecast.Repeated[0] + forecast.Repeated[1]);
    }

    /// <summary>Becomes a copy.</summary>
    public void CopyFrom(LagSums other)
    {
        other._mutual.CopyTo(_mutual, 0);
        other._came.CopyTo(_came, 0);
    }

    /// <summary>The shares of the predictors, none negative and 1 in all: pair after pair gives and takes what is best for both.</summary>
    private static void Divide(ReadOnlySpan<float> mutual, ReadOnlySpan<float> came, Span<float> shares)
    {
        shares.Clear();
        shares[0] = 1;
        for (int round = 0; round < Rounds; round++)
        {
            Exchange(mutual, came, shares, 1, 0);
            Exchange(mutual, came, shares, 2, 0);
            Exchange(mutual, came, shares, 2, 1);
        }
    }

    private static void Exchange(ReadOnlySpan<float> mutual, ReadOnlySpan<float> came, Span<float> shares, int to, int from)
    {
        float bend = mutual[(to * Predictors) + to] + mutual[(from * Predictors) + from] - (2 * mutual[(to * Predictors) + from]) + RidgeOf(to) + RidgeOf(from);
        float moved = (Slope(mutual, came, shares, to) - Slope(mutual, came, shares, from)) / bend;

        // By comparison, so that what is no number moves nothing in.
        moved = moved > -shares[to] ? moved < shares[from] ? moved : shares[from] : -shares[to];
        shares[to] += moved;
        shares[from] -= moved;
    }

    private static float Slope(ReadOnlySpan<float> mutual, ReadOnlySpan<float> came, ReadOnlySpan<float> shares, int predictor)
    {
        float slope = came[predictor] - (RidgeOf(predictor) * shares[predictor]);
        for (int other = 0; other < Predictors; other++)
        {
            slope -= mutual[(predictor * Predictors) + other] * shares[other];
        }

        return slope;
    }

    private static float RidgeOf(int predictor) => predictor == 0 ? 0 : ShareRidge;

    private static float GainOf(ReadOnlySpan<float> mutual, ReadOnlySpan<float> came, ReadOnlySpan<float> shares)
    {
        float together = GainRidge;
        float power = GainRidge;
        for (int i = 0; i < Predictors; i++)
        {
            together += shares[i] * came[i];
            for (int j = 0; j < Predictors; j++)
            {
                power += shares[i] * shares[j] * mutual[(i * Predictors) + j];
            }
        }

        float gain = together / power;
        return gain > 0 ? gain < 1 ? gain : 1 : 0;
    }

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref float value in values)
        {
            value *= factor;
        }
    }

    private static void AddScaled(Span<float> to, ReadOnlySpan<float> values, float factor)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * values[i];
        }
    }
}
