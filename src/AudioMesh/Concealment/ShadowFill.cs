// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>A fill that was tried though nothing was lost: what all predictors would have made of the samples that followed.</summary>
internal sealed class ShadowFill
{
    private readonly float[] _predicted = new float[LagSegments.Frames];
    private readonly float[] _second = new float[LagSegments.Frames];
    private readonly float[] _repeated = new float[LagSegments.Frames];
    private long _begin = long.MinValue;

    /// <summary>Tries one at <paramref name="begin"/>.</summary>
    public void Begin(long begin, ReadOnlySpan<float> predicted, ReadOnlySpan<float> second, ReadOnlySpan<float> past, int period)
    {
        _begin = begin;
        predicted.CopyTo(_predicted);
        second.CopyTo(_second);
        _repeated.AsSpan().Clear();
        RepeatedPeriod.Write(past, _repeated.AsSpan(0, period));
        for (int n = period; n < _repeated.Length && period > 0; n++)
        {
            _repeated[n] = _repeated[n - period];
        }
    }

    /// <summary>Adds the segments that are complete with the hop that ends at <paramref name="hop"/>, where their samples came.</summary>
    public void Judge(long hop, SampleHistory history, StreamPosition position, LagSums sums)
    {
        long age = hop - _begin;
        for (int segment = 0; segment < LagSegments.Count && age <= LagSegments.Frames; segment++)
        {
            int start = LagSegments.Start(segment);
            int end = LagSegments.End(segment);
            if (age == ((end + StreamConcealer.HopFrames - 1) & -StreamConcealer.HopFrames) && position.Came(_begin + start, _begin + end))
            {
                ReadOnlySpan<float> came = history.Before(_begin + end, end - start);
                sums.Add(segment, came, _predicted.AsSpan(start, end - start), _second.AsSpan(start, end - start), _repeated.AsSpan(start, end - start));
            }
        }
    }

    /// <summary>Becomes a copy.</summary>
    public void CopyFrom(ShadowFill other)
    {
        _begin = other._begin;
        other._predicted.CopyTo(_predicted, 0);
        other._second.CopyTo(_second, 0);
        other._repeated.CopyTo(_repeated, 0);
    }
}
