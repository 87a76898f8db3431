// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Counts how late packets were sent, in steps of 5 us up to 20 ms.</summary>
internal sealed class LatenessHistogram
{
    private const int StepNs = 5_000;

    private readonly long[] _counts = new long[4000];
    private long _total;

    public long MaxNs { get; private set; }

    public void Add(long ns)
    {
        MaxNs = Math.Max(MaxNs, ns);
        _total++;
        _counts[Math.Clamp(ns / StepNs, 0, _counts.Length - 1)]++;
    }

    /// <summary>The upper end of the step that <paramref name="share"/> of them lie in or below, microseconds.</summary>
    public double QuantileUs(double share)
    {
        long below = 0;
        for (int step = 0; step < _counts.Length - 1; step++)
        {
            below += _counts[step];
            if (_total > 0 && below >= _total * share)
            {
                return (step + 1) * StepNs / 1e3;
            }
        }

        return MaxNs / 1e3;
    }
}
