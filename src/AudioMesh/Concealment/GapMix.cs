// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// Mixes the linear predictions of a gap with the sound's last period, repeated, as a <see cref="GapForecast"/> says: by straight lines from the beginning,
/// where only the first prediction goes on without a step, from segment to segment.
/// </summary>
[RealtimeSafe]
internal static class GapMix
{
    /// <param name="forecast">Of the gap's beginning.</param>
    /// <param name="second">What the second model predicts.</param>
    /// <param name="cycle">The newest samples before the gap, as many as the forecast's period.</param>
    /// <param name="lag">Frames of the gap before these.</param>
    /// <param name="samples">What the first model predicts, which becomes the mix.</param>
    public static void Apply(in GapForecast forecast, ReadOnlySpan<float> second, ReadOnlySpan<float> cycle, int lag, Span<float> samples)
    {
        int segment = 0;
        int turn = cycle.IsEmpty ? 0 : lag % cycle.Length;
        for (int i = 0; i < samples.Length; i++)
        {
            while (segment < LagSegments.Count && LagSegments.Node(segment) <= lag + i)
            {
                segment++;
            }

            float way = WayTo(segment, lag + i);
            samples[i] = (At(forecast.Predicted, 1, segment, way) * samples[i]) + (At(forecast.Second, 0, segment, way) * second[i]);
            if (!cycle.IsEmpty)
            {
                samples[i] += At(forecast.Repeated, 0, segment, way) * cycle[turn];
                turn = turn + 1 == cycle.Length ? 0 : turn + 1;
            }
        }
    }

    /// <summary>How far the way is done from the node of the segment before to that of this one.</summary>
    private static float WayTo(int segment, int lag)
    {
        if (segment == LagSegments.Count)
        {
            return 1;
        }

        int from = segment == 0 ? 0 : LagSegments.Node(segment - 1);
        return (float)(lag - from) / (LagSegments.Node(segment) - from);
    }

    private static float At(in SegmentValues values, float first, int segment, float way)
    {
        float from = segment == 0 ? first : values[segment - 1];
        float to = segment == LagSegments.Count ? from : values[segment];
        return from + (way * (to - from));
    }
}
