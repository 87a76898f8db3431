// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>
/// A take's frames in mesh time: straight lines through the points of its clock map, the first and the last of them going on beyond. Goes forward: places are
/// asked for in their order.
/// </summary>
internal sealed class TakeMap
{
    private readonly IReadOnlyList<TakePoint> _points;
    private readonly double _nominal;
    private int _segment;

    public TakeMap(TakeSidecar take)
    {
        _nominal = take.Rate / 1e9;
        _points = Trusted(take);
        for (int i = 0; i < _points.Count - 1; i++)
        {
            MostDeviation = Math.Max(MostDeviation, Math.Abs((Slope(i) / _nominal) - 1));
        }
    }

    /// <summary>The furthest a piece of it is from its nominal rate.</summary>
    public double MostDeviation { get; }

    /// <summary>Frames a nanosecond over all of it.</summary>
    public double MeanSlope => _points.Count < 2 ? _nominal : (_points[^1].Frame - _points[0].Frame) / (double)(_points[^1].MeshTime - _points[0].MeshTime);

    /// <summary>The mesh time of a frame, to the nanosecond.</summary>
    public MeshTime TimeOf(long frame)
    {
        int segment = 0;
        for (int end = Math.Max(0, _points.Count - 2); segment < end;)
        {
            int middle = (segment + end + 1) / 2;
            (segment, end) = frame >= _points[middle].Frame ? (middle, end) : (segment, middle - 1);
        }

        return _points[segment].MeshTime.Add((long)Math.Round((frame - _points[segment].Frame) / Slope(segment)));
    }

    /// <summary>The place between frames that is heard at frame <paramref name="gridFrame"/> of mesh time at <paramref name="rate"/>.</summary>
    public double PlaceOf(long gridFrame, int rate)
    {
        (Int128 whole, Int128 part) = Int128.DivRem((Int128)gridFrame * 1_000_000_000, rate);
        long ns = (long)whole;
        while (_segment < _points.Count - 2 && ns >= _points[_segment + 1].MeshTime.Nanoseconds)
        {
            _segment++;
        }

        double distance = (ns - _points[_segment].MeshTime.Nanoseconds) + ((double)part / rate);
        return _points[_segment].Frame + (distance * Slope(_segment));
    }

    // The first point is of a single block, the others are medians: where these are enough for a line, it goes without the first.
    private static IReadOnlyList<TakePoint> Trusted(TakeSidecar take)
    {
        IReadOnlyList<TakePoint> points = take.Points;
        if (points.Count != 2)
        {
            return points.Count > 2 ? [.. points.Skip(1)] : points;
        }

        double seconds = (points[1].MeshTime - points[0].MeshTime) / 1e9;
        double nominal = (double)(points[1].Frame - points[0].Frame) / take.Rate;
        return Math.Abs((seconds / nominal) - 1) * 1e6 <= TakeLimits.MostPpm ? points : [points[1]];
    }

    private double Slope(int segment) => _points.Count < 2
        ? _nominal
        : (_points[segment + 1].Frame - _points[segment].Frame) / (double)(_points[segment + 1].MeshTime - _points[segment].MeshTime);
}
