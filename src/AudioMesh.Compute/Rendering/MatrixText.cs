// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.Compute.Rendering;

/// <summary>A matrix of gains as text: factors between commas, rows between semicolons.</summary>
internal static class MatrixText
{
    private const float MostGain = 1000;

    /// <summary>Rows of <paramref name="inputs"/> factors, one for each output. Throws InvalidArgument, naming the row.</summary>
    public static float[] Parse(string text, int inputs, int outputs)
    {
        float[] gains = new float[inputs * outputs];
        if (text.Length == 0)
        {
            for (int i = 0; i < Math.Min(inputs, outputs); i++)
            {
                gains[(i * inputs) + i] = 1;
            }

            return gains;
        }

        string[] rows = text.Split(';');
        Check(rows.Length == outputs, $"has {rows.Length} rows", inputs, outputs);
        for (int row = 0; row < outputs; row++)
        {
            string[] factors = rows[row].Split(',');
            Check(factors.Length == inputs, $"has {factors.Length} factors in row {row}", inputs, outputs);
            for (int i = 0; i < inputs; i++)
            {
                bool isFactor = float.TryParse(factors[i], NumberStyles.Float, CultureInfo.InvariantCulture, out float gain) && Math.Abs(gain) <= MostGain;
                Check(isFactor, $"has '{factors[i]}' in row {row}", inputs, outputs);
                gains[(row * inputs) + i] = gain;
            }
        }

        return gains;
    }

    public static string Of(float[] gains, int inputs) => string.Join(
        ';', gains.Chunk(inputs).Select(row => string.Join(',', row.Select(gain => gain.ToString(CultureInfo.InvariantCulture)))));

    private static void Check(bool holds, string what, int inputs, int outputs)
    {
        if (!holds)
        {
            string allowed = $"{outputs} rows of {inputs} factors, -{MostGain}..{MostGain}";
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"gains {what}; allowed: {allowed}.") { Field = "args.gains", Allowed = allowed };
        }
    }
}
