// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// Where a low-pass before a <see cref="ShortResponse"/> is looked at: from 0 to the end of its passband and from the beginning of its stopband to half the rate, with what it should be there, so
/// that both together pass everything or nothing, and the weight of an error, which is what is left of it behind both.
/// </summary>
internal sealed class EquirippleGrid
{
    private const int PointsPerTap = 16;

    private readonly double _passEnd;
    private readonly double _stopStart;

    public EquirippleGrid(int taps, double passEnd, double stopStart, double stopWeight, ShortResponse following)
    {
        (_passEnd, _stopStart) = (passEnd, stopStart);
        double edgeGain = following.At(stopStart);
        double apart = Math.PI / (PointsPerTap * taps);
        PassCount = (int)Math.Ceiling(passEnd / apart) + 1;
        Count = PassCount + (int)Math.Ceiling((Math.PI - stopStart) / apart) + 1;
        (Cosines, Desired, Weights) = (new double[Count], new double[Count], new double[Count]);
        for (int i = 0; i < Count; i++)
        {
            double radians = RadiansAt(i);
            double gain = following.At(radians);
            Cosines[i] = Math.Cos(radians);
            Desired[i] = i < PassCount ? 1 / gain : 0;
            Weights[i] = i < PassCount ? gain : stopWeight * edgeGain;
        }
    }

    public int Count { get; }

    /// <summary>So many of the points are of the passband: the first.</summary>
    public int PassCount { get; }

    public double[] Cosines { get; }

    public double[] Desired { get; }

    public double[] Weights { get; }

    public double RadiansAt(int index) => index < PassCount
        ? _passEnd * index / (PassCount - 1)
        : _stopStart + ((Math.PI - _stopStart) * (index - PassCount) / (Count - PassCount - 1));

    /// <summary>The point of the band that is nearest.</summary>
    public int Nearest(double radians) => radians <= _passEnd
        ? (int)Math.Round(radians / _passEnd * (PassCount - 1))
        : PassCount + (int)Math.Round((radians - _stopStart) / (Math.PI - _stopStart) * (Count - PassCount - 1));

}
