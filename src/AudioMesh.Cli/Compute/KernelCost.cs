// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Compute;

namespace AudioMesh.Cli.Compute;

/// <summary>What a run of a kernel costs, from submitting it until it is known to be done.</summary>
/// <param name="Kernel">Its name.</param>
/// <param name="Work">What it was given to do.</param>
/// <param name="Runs">How many runs were measured.</param>
/// <param name="MedianUs">Half of them took longer, microseconds.</param>
/// <param name="P99Us">One in a hundred took longer, microseconds.</param>
internal sealed record KernelCost(string Kernel, string Work, int Runs, double MedianUs, double P99Us)
{
    private const int WarmUps = 10;
    private const int MostRuns = 500;
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs it for at most half a second. Throws what the device throws, and Timeout.</summary>
    public static KernelCost Measure(string kernel, string work, IComputeProgram program)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            Run(kernel, program);
        }

        List<double> us = [];
        long begin = Stopwatch.GetTimestamp();
        while (us.Count < MostRuns && (us.Count == 0 || Stopwatch.GetElapsedTime(begin) < Enough))
        {
            long start = Stopwatch.GetTimestamp();
            Run(kernel, program);
            us.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        us.Sort();
        return new KernelCost(kernel, work, us.Count, us[us.Count / 2], us[us.Count * 99 / 100]);
    }

    private static void Run(string kernel, IComputeProgram program)
    {
        if (!program.Wait(program.Submit(), Patience))
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"{kernel} is not done after {Patience.TotalSeconds} s.");
        }
    }
}
