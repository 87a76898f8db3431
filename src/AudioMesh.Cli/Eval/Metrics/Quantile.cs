// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>Which value a share of the values is below.</summary>
internal static class Quantile
{
    /// <summary>Between two values it is their mix; null where there are none.</summary>
    public static double? Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            return null;
        }

        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((place - below) * (above - sorted[below]));
    }
}
