// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Live;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>What was heard of a stream, put where it belongs in the stream: so that it may be compared with what was sent, whatever the depth of the buffer was.</summary>
internal sealed class HeardTimeline
{
    private const int HalfTaps = 24;

    private HeardTimeline(float[] samples, int first, int end) => (Samples, First, End) = (samples, first, end);

    /// <summary>A sample for each of the stream's; silence where nothing was heard.</summary>
    public float[] Samples { get; }

    /// <summary>The first that was heard.</summary>
    public int First { get; }

    /// <summary>Behind the last.</summary>
    public int End { get; }

    /// <summary>The first <paramref name="frames"/> of the stream.</summary>
    public static HeardTimeline Of(SoundLog log, int frames)
    {
        float[] heard = new float[frames];
        int first = -1;
        long next = 0;
        foreach (SoundBlock block in log.Blocks)
        {
            if (double.IsNaN(block.From) || double.IsNaN(block.To))
            {
                continue;
            }

            // Where the place jumped it did so before the block's sound: what was put in there was heard instead of nothing, and what was heard counts the first time.
            double from = block.IsSteady ? block.From : block.To - block.Frames;
            double step = (block.To - from) / block.Frames;
            long begin = Math.Max(next, (long)Math.Ceiling(Math.Max(0, from)));
            long end = Math.Min(frames, (long)Math.Ceiling(block.To));
            for (long position = begin; position < end; position++)
            {
                heard[position] = At(log.Samples, block.Start + ((position - from) / step));
            }

            first = first < 0 && end > begin ? (int)begin : first;
            next = Math.Max(next, end);
        }

        return new HeardTimeline(heard, Math.Max(first, 0), (int)next);
    }

    /// <summary>Between samples by a sinc under a Hann window.</summary>
    private static float At(ReadOnlySpan<float> samples, double place)
    {
        int below = (int)Math.Floor(place);
        double fraction = place - below;
        if (fraction < 1e-6)
        {
            return below < samples.Length ? samples[below] : 0;
        }

        double sum = 0;
        double sine = Math.Sin(Math.PI * fraction) / Math.PI;
        for (int tap = -HalfTaps + 1; tap <= HalfTaps; tap++)
        {
            int at = below + tap;
            if ((uint)at < (uint)samples.Length)
            {
                double distance = fraction - tap;
                double window = 0.5 + (0.5 * Math.Cos(Math.PI * distance / HalfTaps));
                double sign = (tap & 1) == 0 ? 1 : -1;
                sum += samples[at] * sign * sine / distance * window;
            }
        }

        return (float)sum;
    }
}
