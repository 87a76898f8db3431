// SPDX-License-Identifier: MIT
namespace AudioMesh.Benchmarks.Graphs;

/// <summary>What a period took: the best, the median and the tails, in microseconds.</summary>
internal readonly record struct Times(double Best, double Median, double P99, double Worst)
{
    public static Times Of(double[] microseconds)
    {
        Array.Sort(microseconds);
        return new Times(microseconds[0], microseconds[microseconds.Length / 2], microseconds[(int)(microseconds.Length * 0.99)], microseconds[^1]);
    }
}
