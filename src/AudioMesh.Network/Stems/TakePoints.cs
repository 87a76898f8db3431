// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>
/// Makes a point a second of the times of blocks. Of a second it takes the block that is neither early nor late, by the median: one that woke the recorder late
/// has no part in it, and drift none either, because its median is in its middle.
/// </summary>
internal sealed class TakePoints(int rate)
{
    private readonly List<(double Offset, TakePoint Point)> _blocks = [];

    /// <summary>Whether a second of blocks has come.</summary>
    public bool IsFull => _blocks.Count > 0 && _blocks[^1].Point.Frame - _blocks[0].Point.Frame >= rate;

    public void Add(in TakePoint point) =>
        _blocks.Add((point.MeshTime.Nanoseconds - new FrameCount(point.Frame).ToNanoseconds(rate), point));

    /// <summary>The point of the blocks so far, which are then forgotten; null without blocks.</summary>
    public TakePoint? Take()
    {
        if (_blocks.Count == 0)
        {
            return null;
        }

        _blocks.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        TakePoint point = _blocks[_blocks.Count / 2].Point;
        _blocks.Clear();
        return point;
    }
}
