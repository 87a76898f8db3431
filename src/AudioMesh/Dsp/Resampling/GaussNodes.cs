// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>Where to look at a smooth function, and with what weight, for its integral from 0 on: eight points of Gauss and Legendre to a panel.</summary>
internal sealed class GaussNodes
{
    private static readonly double[] _places = [0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363];
    private static readonly double[] _shares = [0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

    public GaussNodes(double end, int panels)
    {
        double half = end / panels / 2;
        List<double> points = [];
        List<double> weights = [];
        for (int panel = 0; panel < panels; panel++)
        {
            double middle = half * ((2 * panel) + 1);
            for (int i = 0; i < _places.Length; i++)
            {
                points.AddRange([middle - (half * _places[i]), middle + (half * _places[i])]);
                weights.AddRange([half * _shares[i], half * _shares[i]]);
            }
        }

        Points = [.. points];
        Weights = [.. weights];
    }

    public double[] Points { get; }

    public double[] Weights { get; }

    /// <summary>A function at the points.</summary>
    public double[] ValuesOf(Func<double, double> function)
    {
        double[] values = new double[Points.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = function(Points[i]);
        }

        return values;
    }

    /// <summary>The integral of <paramref name="values"/> at the points times a cosine of <paramref name="frequency"/>, in cycles.</summary>
    public double Cosine(double[] values, double frequency)
    {
        double sum = 0;
        for (int i = 0; i < Points.Length; i++)
        {
            sum += Weights[i] * values[i] * Math.Cos(2 * Math.PI * frequency * Points[i]);
        }

        return sum;
    }
}
