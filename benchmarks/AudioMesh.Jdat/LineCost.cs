// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using AudioMesh.Network.Jdat;

namespace AudioMesh.Benchmarks.Jdat;

/// <summary>What a line takes to be read.</summary>
internal sealed record LineCost(double OursUs, double TheirsUs, double Ratio, long AllocatedBytes, bool AreSame)
{
    private const int Batch = 16;

    public static LineCost Measure(byte[] line, int rounds)
    {
        JdatReader reader = new();
        float[] theirs = new float[Lines.Samples];
        double[] ourTimes = new double[rounds];
        double[] theirTimes = new double[rounds];
        double[] ratios = new double[rounds];
        Ours(reader, line);
        Theirs(line, theirs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < rounds; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            Ours(reader, line);
            long middle = Stopwatch.GetTimestamp();
            Theirs(line, theirs);
            long end = Stopwatch.GetTimestamp();
            ourTimes[i] = Stopwatch.GetElapsedTime(begin, middle).TotalMicroseconds / Batch;
            theirTimes[i] = Stopwatch.GetElapsedTime(middle, end).TotalMicroseconds / Batch;
            ratios[i] = theirTimes[i] / ourTimes[i];
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new LineCost(Median(ourTimes), Median(theirTimes), Median(ratios), allocated, reader.Samples.SequenceEqual(theirs));
    }

    public static double MeasureWriting(int rounds, out long allocated)
    {
        JdatWriter writer = new();
        writer.Write(Lines.Audio, Lines.Sound);
        double[] times = new double[rounds];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < rounds; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            for (int j = 0; j < Batch; j++)
            {
                writer.Write(Lines.Audio, Lines.Sound);
            }

            times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds / Batch;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return Median(times);
    }

    private static void Ours(JdatReader reader, byte[] line)
    {
        for (int i = 0; i < Batch; i++)
        {
            reader.Read(line, out _);
        }
    }

    private static void Theirs(byte[] line, float[] samples)
    {
        for (int i = 0; i < Batch; i++)
        {
            Utf8JsonReader reader = new(line);
            int count = 0;
            bool isIn = false;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    isIn = true;
                }
                else if (reader.TokenType == JsonTokenType.EndArray)
                {
                    isIn = false;
                }
                else if (isIn)
                {
                    samples[count++] = reader.GetSingle();
                }
            }
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
