// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>A fill is judged, and mixed, in segments by the lag since its gap began: the further, the longer.</summary>
[RealtimeSafe]
internal static class LagSegments
{
    public const int Count = 7;

    /// <summary>Frames of the gap that are judged; behind them the last segment holds.</summary>
    public const int Frames = 2048;

    private static ReadOnlySpan<int> Bounds => [0, 32, 64, 128, 256, 512, 1024, Frames];

    /// <summary>The first lag of a segment.</summary>
    public static int Start(int segment) => Bounds[segment];

    /// <summary>The lag behind a segment.</summary>
    public static int End(int segment) => Bounds[segment + 1];

    /// <summary>The lag at which a segment's values hold: its middle; of the first, which begins with the linear prediction alone, its end.</summary>
    public static int Node(int segment) => segment == 0 ? End(0) : (Start(segment) + End(segment)) / 2;
}

/// <summary>A value for each segment.</summary>
[InlineArray(LagSegments.Count)]
internal struct SegmentValues
{
    private float _first;
}
