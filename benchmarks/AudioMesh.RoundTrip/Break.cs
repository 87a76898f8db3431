// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>A place where what was heard is not what was sent, or jumps to another lag.</summary>
/// <param name="FirstFrame">Where it begins in what was heard.</param>
/// <param name="EndFrame">Where it is over.</param>
/// <param name="SentFrame">The frame that was sent for its begin.</param>
internal readonly record struct Break(int FirstFrame, int EndFrame, double SentFrame)
{
    private const int MergeBlocks = 4;
    private const double JumpFrames = 1.5;

    /// <summary>Those of aligned blocks; two that are closer together than four blocks are one.</summary>
    public static IReadOnlyList<Break> In(IReadOnlyList<AlignedBlock> blocks)
    {
        List<Break> breaks = [];
        double lag = blocks.Count > 0 ? blocks[0].Lag : 0;
        foreach (AlignedBlock block in blocks)
        {
            bool jumps = !block.IsDamaged && Math.Abs(block.Lag - lag) > JumpFrames;
            if (block.IsDamaged || jumps)
            {
                int end = block.Frame + AlignedBlock.Frames;
                if (breaks.Count > 0 && block.Frame - breaks[^1].EndFrame < MergeBlocks * AlignedBlock.Frames)
                {
                    breaks[^1] = breaks[^1] with { EndFrame = end };
                }
                else
                {
                    breaks.Add(new Break(block.Frame, end, block.Frame - block.Lag));
                }
            }

            lag = block.IsDamaged ? lag : block.Lag;
        }

        return breaks;
    }
}
