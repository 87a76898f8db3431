// SPDX-License-Identifier: MIT
namespace AudioMesh.Clock;

/// <summary>
/// A line through points of bounded error: the least-squares line, moved into the box of all slopes and offsets that pass through every
/// point's interval, and its distance from the box's far sides. The truth may bend: its slope changes by at most the wander a unit of x.
/// Points come in order of x, the last at x = 0, where the offset is taken.
/// </summary>
internal sealed class FeasibleLine(int capacity, double maxSlope, double wander, double horizon)
{
    private const double RoundingNs = 1;

    private readonly double[] _x = new double[capacity];
    private readonly double[] _y = new double[capacity];
    private readonly double[] _error = new double[capacity];

    public double Slope { get; private set; }

    public double Offset { get; private set; }

    /// <summary>Bound of the slope's error, widened so that it holds as far as the horizon.</summary>
    public double SlopeError { get; private set; }

    /// <summary>Bound of the offset's error.</summary>
    public double OffsetError { get; private set; }

    public void Set(int index, double x, double y, double error) => (_x[index], _y[index], _error[index]) = (x, y, error);

    /// <summary>False when no line passes through all intervals.</summary>
    public bool TryFit(int count)
    {
        (double meanX, double meanY, double slope) = LeastSquares(count);
        (double least, double most) = FeasibleSlopes(count);
        if (least > most)
        {
            return false;
        }

        slope = Math.Clamp(slope, least, most);
        (double low, double high) = FeasibleOffsets(count, least, most);
        if (low > high)
        {
            return false;
        }

        double offset = Math.Clamp(meanY - (slope * meanX), low, high);
        Slope = slope;
        Offset = offset;

        // x counts nominal time, the caller's bound true time: they differ by the slope.
        SlopeError = (Math.Max(most - slope, slope - least) + (wander * horizon / 2)) * (1 + (2 * maxSlope));
        OffsetError = Math.Max(high - offset, offset - low) + RoundingNs;
        return true;
    }

    private (double MeanX, double MeanY, double Slope) LeastSquares(int count)
    {
        double weights = 0, sumX = 0, sumY = 0;
        for (int i = 0; i < count; i++)
        {
            double weight = Weight(i);
            weights += weight;
            sumX += weight * _x[i];
            sumY += weight * _y[i];
        }

        double meanX = sumX / weights, meanY = sumY / weights, xx = 0, xy = 0;
        for (int i = 0; i < count; i++)
        {
            double weight = Weight(i);
            double x = _x[i] - meanX;
            xx += weight * x * x;
            xy += weight * x * (_y[i] - meanY);
        }

        return (meanX, meanY, xx > 0 ? xy / xx : 0);
    }

    private double Weight(int index) => 1 / ((_error[index] + RoundingNs) * (_error[index] + RoundingNs));

    /// <summary>
    /// The slopes at x = 0 that every pair of intervals allows. Between two points the mean slope is that of their middle, but for the wander;
    /// from the middle to x = 0 the slope wanders on.
    /// </summary>
    private (double Least, double Most) FeasibleSlopes(int count)
    {
        double least = -maxSlope, most = maxSlope;
        for (int j = 1; j < count; j++)
        {
            for (int i = 0; i < j; i++)
            {
                double run = _x[j] - _x[i];
                if (run > 0)
                {
                    double rise = _y[j] - _y[i];
                    double slack = _error[i] + _error[j];
                    double bend = wander * Math.Abs(_x[i] + _x[j]) / 2;
                    least = Math.Max(least, ((rise - slack) / run) - bend);
                    most = Math.Min(most, ((rise + slack) / run) + bend);
                }
            }
        }

        return (least, most);
    }

    /// <summary>The offsets at x = 0 that every interval allows with some slope between <paramref name="least"/> and <paramref name="most"/>.</summary>
    private (double Low, double High) FeasibleOffsets(int count, double least, double most)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        for (int i = 0; i < count; i++)
        {
            double back = Math.Abs(_x[i]);
            double slack = _error[i] + (wander * back * back / 2);
            low = Math.Max(low, _y[i] - slack + (least * back));
            high = Math.Min(high, _y[i] + slack + (most * back));
        }

        return (low, high);
    }
}
