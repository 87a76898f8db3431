// SPDX-License-Identifier: MIT

namespace AudioMesh.Kernels;

/// <summary>
/// One operation done by several: rounds in turn, so that a busy machine hits all alike, and the median of each. A round lasts some tens of
/// microseconds, which most often nothing interrupts, and counts the time that this thread ran.
/// </summary>
internal sealed class Contest(int rounds)
{
    private const double RoundSeconds = 40e-6;

    /// <summary>Nanoseconds of one call of each.</summary>
    public double[] Run(params Action[] runners)
    {
        int calls = Calls(runners[0]);
        double[][] times = [.. runners.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int runner = 0; runner < runners.Length; runner++)
            {
                times[runner][round] = TimeOf(runners[runner], calls) / calls;
            }
        }

        return [.. times.Select(Median)];
    }

    private static int Calls(Action runner)
    {
        for (int calls = 1; ; calls *= 2)
        {
            double best = Enumerable.Range(0, 5).Min(_ => TimeOf(runner, calls));
            if (best * 1e-9 >= RoundSeconds || calls > 1 << 20)
            {
                return calls;
            }
        }
    }

    private static double TimeOf(Action runner, int calls)
    {
        double begin = ThreadClock.Nanoseconds;
        for (int i = 0; i < calls; i++)
        {
            runner();
        }

        return ThreadClock.Nanoseconds - begin;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
