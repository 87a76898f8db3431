// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Compute.Kernels;

/// <summary>Many mixes of the same sources, with the arithmetic of <see cref="MixMatrix"/>: the same bits on every device.</summary>
public sealed class MixMatrixProgram : KernelProgram
{
    /// <summary>
    /// Records it. Throws <see cref="AudioErrorKind.InvalidArgument"/> for sizes below 1, over a million mixes or 4 million frames, and what the
    /// device throws.
    /// </summary>
    public MixMatrixProgram(IComputeDevice device, int mixes, int sources, int frames)
        : base(
            device,
            ComputeKernels.MixMatrix,
            [
                16,
                4L * Size(sources, 1, int.MaxValue, nameof(sources)) * Size(frames, 1, MostGroups * 64, nameof(frames)),
                4L * Size(mixes, 1, MostGroups * 16, nameof(mixes)) * sources,
                4L * mixes * sources,
                4L * mixes * frames,
            ],
            (Groups(frames, ComputeKernels.MixMatrix.GroupSize.X), Groups(mixes, 16), 1))
    {
        Mixes = mixes;
        Sources = sources;
        Frames = frames;
        Parameters<MixMatrixKernel.Parameters>() = new() { Mixes = mixes, Sources = sources, Frames = frames, InverseFrames = 1f / frames };
    }

    /// <summary>How many mixes.</summary>
    public int Mixes { get; }

    /// <summary>How many sources.</summary>
    public int Sources { get; }

    /// <summary>Frames in a block.</summary>
    public int Frames { get; }

    /// <summary>The gains at the first frame, factors: of source n in mix m at [m * <see cref="Sources"/> + n].</summary>
    public Span<float> From => Buffer<float>(2);

    /// <summary>The gains where the next block begins, laid out as <see cref="From"/>.</summary>
    public Span<float> To => Buffer<float>(3);

    /// <summary>What source number <paramref name="source"/> plays: <see cref="Frames"/> samples.</summary>
    public Span<float> Source(int source) => Buffer<float>(1).Slice(source * Frames, Frames);

    /// <summary>Mix number <paramref name="mix"/>: <see cref="Frames"/> samples.</summary>
    public ReadOnlySpan<float> Mix(int mix) => Buffer<float>(4).Slice(mix * Frames, Frames);
}
