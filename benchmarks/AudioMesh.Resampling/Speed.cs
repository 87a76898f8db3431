// SPDX-License-Identifier: MIT
using AudioMesh.Kernels;
using AudioMesh.Resampling.Candidates;

namespace AudioMesh.Resampling;

/// <summary>
/// Nanoseconds per output frame that the thread ran: the median of many turns of noise, taken in turn over all candidates so that a busy machine hits all
/// alike. A turn is short, that most often nothing interrupts it.
/// </summary>
internal static class Speed
{
    private const int BlockFrames = 1024;
    private const int Blocks = 32;

    public static double[] Measure(Candidate[] candidates, Conversion conversion, int channels, int turns)
    {
        Random random = new(1);
        float[] block = new float[BlockFrames * channels];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = random.NextSingle() - 0.5f;
        }

        IStream[] streams = [.. candidates.Select(candidate => candidate.Open(conversion, channels))];
        double[][] times = [.. streams.Select(_ => new double[turns])];
        float[] output = new float[block.Length * 16];
        for (int turn = -1; turn < turns; turn++)
        {
            for (int i = 0; i < streams.Length; i++)
            {
                // The first turn fills filters and transforms; what takes a thousand times as long needs no median of many.
                bool isSlow = turn > 20 && times[i][0] > 200 * Blocks * BlockFrames;
                times[i][Math.Max(turn, 0)] = isSlow ? times[i][turn % 20] : Turn(streams[i], block, output);
            }
        }

        Array.ForEach(streams, stream => stream.Dispose());
        double frames = Blocks * BlockFrames * conversion.Ratio;
        return [.. times.Select(time => Median(time) / frames)];
    }

    private static double Turn(IStream stream, float[] block, float[] output)
    {
        double begin = ThreadClock.Nanoseconds;
        for (int i = 0; i < Blocks; i++)
        {
            stream.Process(block, output);
        }

        return ThreadClock.Nanoseconds - begin;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
