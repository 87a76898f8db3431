// SPDX-License-Identifier: MIT
namespace AudioMesh.Tests.Dsp.Resampling;

/// <summary>
/// The taps of the low-pass whose weighed errors are least, by Remez's exchange as its definition has it: cosines that solve for equal errors at the extrema, by elimination.
/// </summary>
internal static class EquirippleOracle
{
    private const int Shortest = 24;
    private const int MostRounds = 50;

    /// <summary>Taps 0 to <paramref name="taps"/> - 1; <paramref name="following"/> is the gain of what comes after it, at so many radians a frame.</summary>
    public static double[] Taps(int taps, double passEnd, double stopStart, double stopWeight, Func<double, double> following) =>
        Solve(taps, passEnd, stopStart, stopWeight, following).Taps;

    private static (double[] Taps, double[] Extrema) Solve(int taps, double passEnd, double stopStart, double stopWeight, Func<double, double> following)
    {
        double apart = Math.PI / (16 * taps);
        double[] pass = Points(0, passEnd, (int)Math.Ceiling(passEnd / apart));
        double[] stop = Points(stopStart, Math.PI, (int)Math.Ceiling((Math.PI - stopStart) / apart));
        double[] grid = [.. pass, .. stop];
        double[] gains = [.. grid.Select(following)];
        double[] desired = [.. gains.Select((gain, i) => i < pass.Length ? 1 / gain : 0)];
        double[] weights = [.. gains.Select((gain, i) => i < pass.Length ? gain : stopWeight * following(stopStart))];
        int[] extrema = taps > Shortest
            ? Nearest(grid, Stretch(Solve(taps / 2, passEnd, stopStart, stopWeight, following).Extrema, taps + 1, passEnd))
            : [.. Enumerable.Range(0, taps + 1).Select(i => i * (grid.Length - 1) / taps)];
        double[] cosines = [];
        for (int round = 0; round < MostRounds; round++)
        {
            cosines = Equalize(taps, [.. extrema.Select(i => grid[i])], [.. extrema.Select(i => desired[i])], [.. extrema.Select(i => weights[i])]);
            double[] errors = [.. grid.Select((radians, i) => weights[i] * (desired[i] - Response(cosines, radians)))];
            int[] next = Peaks(errors, pass.Length, taps + 1);
            if (next.SequenceEqual(extrema))
            {
                break;
            }

            extrema = next;
        }

        return ([.. cosines.Select((cosine, tap) => tap == 0 ? cosine : cosine / 2)], [.. extrema.Select(i => grid[i])]);
    }

    private static double[] Points(double from, double to, int steps) => [.. Enumerable.Range(0, steps + 1).Select(i => from + ((to - from) * i / steps))];

    private static double[] Stretch(double[] extrema, int count, double passEnd)
    {
        double[] pass = [.. extrema.Where(radians => radians <= passEnd)], stop = [.. extrema.Where(radians => radians > passEnd)];
        int passCount = (int)Math.Round((double)count * pass.Length / extrema.Length);
        return [.. Between(pass, passCount), .. Between(stop, count - passCount)];
    }

    private static IEnumerable<double> Between(double[] points, int count) => Enumerable.Range(0, count).Select(i =>
    {
        double place = (double)i * (points.Length - 1) / (count - 1);
        int before = Math.Min((int)place, points.Length - 2);
        return points[before] + ((place - before) * (points[before + 1] - points[before]));
    });

    private static int[] Nearest(double[] grid, double[] places)
    {
        int[] indices = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            int at = Array.BinarySearch(grid, places[i]);
            at = at >= 0 ? at : Math.Min(~at, grid.Length - 1);
            at = at > 0 && places[i] - grid[at - 1] < grid[at] - places[i] ? at - 1 : at;
            indices[i] = i > 0 ? Math.Max(at, indices[i - 1] + 1) : at;
        }

        return indices;
    }

    // Sum of cosines j at radians k, and an error of the same height, above and below by turns.
    private static double[] Equalize(int count, double[] radians, double[] desired, double[] weights)
    {
        double[][] rows = [.. radians.Select((place, k) => (double[])
            [.. Enumerable.Range(0, count).Select(j => Math.Cos(j * place)), (k % 2 == 0 ? 1 : -1) / weights[k], desired[k]])];
        for (int column = 0; column <= count; column++)
        {
            int pivot = Enumerable.Range(column, count + 1 - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            double[] upper = rows[column];
            for (int row = column + 1; row <= count; row++)
            {
                double factor = rows[row][column] / upper[column];
                double[] lower = rows[row];
                for (int i = column; i < upper.Length; i++)
                {
                    lower[i] -= factor * upper[i];
                }
            }
        }

        double[] solution = new double[count + 1];
        for (int row = count; row >= 0; row--)
        {
            double sum = rows[row][count + 1];
            for (int i = row + 1; i <= count; i++)
            {
                sum -= rows[row][i] * solution[i];
            }

            solution[row] = sum / rows[row][row];
        }

        return solution[..count];
    }

    // Clenshaw's recurrence.
    private static double Response(double[] cosines, double radians)
    {
        double twice = 2 * Math.Cos(radians), next = 0, afterNext = 0;
        for (int i = cosines.Length - 1; i > 0; i--)
        {
            (next, afterNext) = (cosines[i] + (twice * next) - afterNext, next);
        }

        return cosines[0] + (twice / 2 * next) - afterNext;
    }

    private static int[] Peaks(double[] errors, int passCount, int count)
    {
        List<int> peaks = [];
        for (int i = 0; i < errors.Length; i++)
        {
            bool rises = i == 0 || i == passCount || Math.Abs(errors[i]) >= errors[i - 1] * Math.Sign(errors[i]);
            bool falls = i == passCount - 1 || i == errors.Length - 1 || Math.Abs(errors[i]) > errors[i + 1] * Math.Sign(errors[i]);
            if (rises && falls)
            {
                bool goesOn = peaks.Count > 0 && Math.Sign(errors[peaks[^1]]) == Math.Sign(errors[i]);
                if (goesOn && Math.Abs(errors[i]) > Math.Abs(errors[peaks[^1]]))
                {
                    peaks[^1] = i;
                }
                else if (!goesOn)
                {
                    peaks.Add(i);
                }
            }
        }

        while (peaks.Count > count)
        {
            if (peaks.Count == count + 1)
            {
                peaks.RemoveAt(Math.Abs(errors[peaks[0]]) < Math.Abs(errors[peaks[^1]]) ? 0 : count);
                break;
            }

            int lowest = Enumerable.Range(0, peaks.Count - 1).MinBy(i => Math.Max(Math.Abs(errors[peaks[i]]), Math.Abs(errors[peaks[i + 1]])));
            peaks.RemoveRange(lowest, 2);
        }

        return [.. peaks];
    }
}
