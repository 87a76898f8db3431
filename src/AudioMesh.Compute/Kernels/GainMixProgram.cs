// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>
/// Mixes many sources into one: output[i] is the sum over sources, in ascending order, of source[i] * gain, where a gain moves by the same step
/// from frame to frame. The same bits on every device.
/// </summary>
public sealed class GainMixProgram : KernelProgram
{
    /// <summary>
    /// Records it. Throws <see cref="AudioErrorKind.InvalidArgument"/> for sizes below 1 or over 4 million frames, and what the device throws.
    /// </summary>
    public GainMixProgram(IComputeDevice device, int sources, int frames)
        : base(
            device,
            ComputeKernels.GainMix,
            [8, 4L * Size(sources, 1, int.MaxValue, nameof(sources)) * Size(frames, 1, MostGroups * 64, nameof(frames)), 8L * sources, 4L * frames],
            (Groups(frames, ComputeKernels.GainMix.GroupSize.X), 1, 1))
    {
        Sources = sources;
        Frames = frames;
        Parameters<GainMixKernel.Parameters>() = new() { Sources = sources, Frames = frames };
    }

    /// <summary>How many sources.</summary>
    public int Sources { get; }

    /// <summary>Frames in a block.</summary>
    public int Frames { get; }

    /// <summary>The mix: <see cref="Frames"/> samples.</summary>
    public ReadOnlySpan<float> Output => Buffer<float>(3);

    /// <summary>What source number <paramref name="source"/> plays: <see cref="Frames"/> samples.</summary>
    public Span<float> Source(int source) => Buffer<float>(1).Slice(source * Frames, Frames);

    /// <summary>
    /// The gain of a source over the next block, a factor: <paramref name="from"/> at the first frame, <paramref name="to"/> where the block
    /// after begins.
    /// </summary>
    public void SetGain(int source, float from, float to) => Buffer<GainMixKernel.Ramp>(2)[source] = new(from, (to - from) / Frames);
}
