// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Live;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>When frames of a log passed.</summary>
/// <param name="log">The log.</param>
/// <param name="rate">Frames per second.</param>
/// <param name="outputLatencyFrames">From the begin of a callback until its first frame leaves the device.</param>
internal sealed class SoundClock(SoundLog log, int rate, int outputLatencyFrames)
{
    private readonly double _nsPerFrame = 1e9 / rate;

    /// <summary>The block of a frame; false where there is none.</summary>
    public bool TryFind(double frame, out SoundBlock block)
    {
        ReadOnlySpan<SoundBlock> blocks = log.Blocks;
        int low = 0, high = blocks.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = blocks[middle].Start + blocks[middle].Frames <= frame ? (middle + 1, high) : (low, middle);
        }

        block = low < blocks.Length ? blocks[low] : default;
        return low < blocks.Length && frame >= block.Start;
    }

    /// <summary>When the callback of a block began, by the device's clock.</summary>
    public double BeginNs(in SoundBlock block) => block.OutputTime.Nanoseconds - LatencyNs;

    /// <summary>When a frame would have been recorded, had the block been: the frames of a block take its length to come.</summary>
    public double CapturedNs(double frame, in SoundBlock block) => BeginNs(block) + ((frame - block.Start - block.Frames) * _nsPerFrame);

    public double LatencyNs => outputLatencyFrames * _nsPerFrame;

    public double NsPerFrame => _nsPerFrame;
}
