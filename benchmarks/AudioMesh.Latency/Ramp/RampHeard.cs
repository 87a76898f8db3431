// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Ramp;

/// <summary>What another client heard, planar, and the mesh time in ns at which each frame reached it.</summary>
internal sealed record RampHeard(float[][] Samples, Func<int, long> TimeOf)
{
    /// <summary>Every place where a ramp of <paramref name="played"/> frames does not go on as it should, and how many of them came.</summary>
    public (List<RampBreak> Breaks, long Frames) Compare(long played)
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

        if (expected < played)
        {
            breaks.Add(new RampBreak(Samples[0].Length > 0 ? TimeOf(Samples[0].Length - 1) : 0, expected, played - expected, "lost"));
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

/// <summary>A place where the ramp breaks: when, at which of its frames, how many are lost, repeated or changed, and why.</summary>
internal sealed record RampBreak(long Time, long Frame, long Frames, string Kind, string Cause = RampCause.Unexplained);
