// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Resampling.Candidates;

namespace AudioMesh.Resampling;

/// <summary>Nanoseconds per output frame, the best of many turns of one second of noise each, taken in turn over all candidates.</summary>
internal static class Speed
{
    private const int BlockFrames = 1024;

    public static double[] Measure(Candidate[] candidates, Conversion conversion, int channels, int turns)
    {
        Random random = new(1);
        float[] block = new float[BlockFrames * channels];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = random.NextSingle() - 0.5f;
        }

        IStream[] streams = [.. candidates.Select(candidate => candidate.Open(conversion, channels))];
        double[] best = new double[streams.Length];
        Array.Fill(best, double.MaxValue);
        float[] output = new float[block.Length * 16];
        for (int turn = 0; turn < turns; turn++)
        {
            for (int i = 0; i < streams.Length; i++)
            {
                best[i] = Math.Min(best[i], Turn(streams[i], block, output));
            }
        }

        Array.ForEach(streams, stream => stream.Dispose());
        return best;
    }

    private static double Turn(IStream stream, float[] block, float[] output)
    {
        int made = 0;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < 48; i++)
        {
            made += stream.Process(block, output);
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds / made;
    }
}
