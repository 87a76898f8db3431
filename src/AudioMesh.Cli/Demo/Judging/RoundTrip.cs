// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Live;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>How long sound took from A to B and back to A, block by block.</summary>
internal static class RoundTrip
{
    public static Hop Of(SoundClock sent, SoundClock heard, SoundLog returned)
    {
        List<double> ms = [];
        foreach (SoundBlock block in returned.Blocks)
        {
            if (block.IsSteady && heard.TryFind(block.From, out SoundBlock at) && at.IsSteady)
            {
                double position = at.From + ((block.From - at.Start) * (at.To - at.From) / at.Frames);
                if (sent.TryFind(position, out SoundBlock from))
                {
                    ms.Add((block.OutputTime.Nanoseconds - sent.CapturedNs(position, from)) / 1e6);
                }
            }
        }

        return new Hop("there and back", "from A's microphone's place to A's loudspeaker's", ms);
    }
}
