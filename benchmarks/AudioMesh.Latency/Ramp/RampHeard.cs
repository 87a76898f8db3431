// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Ramp;

/// <summary>What another client heard, planar, and the mesh time in ns at which each frame reached it.</summary>
internal sealed record RampHeard(float[][] Samples, Func<int, long> TimeOf)
{
    /// <summary>Every place where the ramp does not go on as it should, and how many of its frames came.</summary>
    public (List<RampBreak> Breaks, long Frames) Compare()
    {
        List<RampBreak> breaks = [];
        long expected = 0;
        long frames = 0;
        for (int i = 0; i < Samples[0].Length; i++)
        {
            bool isSilent = Samples[0][i] == 0 && Samples[1][i] == 0;
            if (isSilent && expected == 0)
            {
                continue;
            }

            long frame = RampSignal.FrameOf(Samples[0][i]);
            if (frame < 0 || Samples[1][i] != RampSignal.At(frame, 1))
            {
                if (isSilent)
                {
                    continue;
                }

                NoteChange(breaks, TimeOf(i), expected++);
                continue;
            }

            if (frame != expected)
            {
                breaks.Add(new RampBreak(TimeOf(i), expected, Math.Abs(frame - expected), frame > expected ? "lost" : "repeated"));
            }

            frames++;
            expected = frame + 1;
        }

        return (breaks, frames);
    }

    private static void NoteChange(List<RampBreak> breaks, long time, long frame)
    {
        bool goesOn = breaks.Count > 0 && breaks[^1].Kind == "changed" && breaks[^1].Frame + breaks[^1].Frames == frame;
        RampBreak change = goesOn ? breaks[^1] with { Frames = breaks[^1].Frames + 1 } : new RampBreak(time, frame, 1, "changed");
        if (goesOn)
        {
            breaks.RemoveAt(breaks.Count - 1);
        }

        breaks.Add(change);
    }
}

/// <summary>A place where the ramp breaks: when, at which of its frames, and how many are lost, repeated or changed.</summary>
internal sealed record RampBreak(long Time, long Frame, long Frames, string Kind);
