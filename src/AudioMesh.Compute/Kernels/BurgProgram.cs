// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;

namespace AudioMesh.Compute.Kernels;

/// <summary>
/// Trains one linear predictor for each of many streams, as <see cref="LatticeBurg.Train"/> does: the same bits on every device.
/// </summary>
public sealed class BurgProgram : KernelProgram
{
    /// <summary>
    /// Records it: windows of <paramref name="window"/> samples (at most <see cref="LatticeBurg.MostSamples"/>), models of <paramref name="order"/>
    /// coefficients (at most <see cref="LatticeBurg.MostOrder"/>, and half the window). Throws <see cref="AudioErrorKind.InvalidArgument"/> for
    /// other sizes, and what the device throws.
    /// </summary>
    public BurgProgram(IComputeDevice device, int streams, int window, int order)
        : base(
            device,
            ComputeKernels.Burg,
            [
                12,
                4L * Size(streams, 1, MostGroups, nameof(streams)) * Size(window, 2, LatticeBurg.MostSamples, nameof(window)),
                4L * window,
                4L * window,
                4L * streams * window,
                4L * streams * Size(order, 1, Math.Min(LatticeBurg.MostOrder, window / 2), nameof(order)),
            ],
            (streams, 1, 1))
    {
        Streams = streams;
        WindowLength = window;
        Order = order;
        Parameters<BurgKernel.Parameters>() = new() { Window = window, Order = order, InverseWindow = 1f / window };
        LatticeBurg.FillWeights(Buffer<float>(2));
        LatticeBurg.FillDither(Buffer<float>(3));
    }

    /// <summary>How many streams.</summary>
    public int Streams { get; }

    /// <summary>Samples in a window.</summary>
    public int WindowLength { get; }

    /// <summary>Coefficients of a model.</summary>
    public int Order { get; }

    /// <summary>The samples that stream number <paramref name="stream"/> is trained on, oldest first.</summary>
    public Span<float> Window(int stream) => Buffer<float>(1).Slice(stream * WindowLength, WindowLength);

    /// <summary>The model of a stream: the first coefficient belongs to the newest sample; all zeros where the window was silent.</summary>
    public ReadOnlySpan<float> Model(int stream) => Buffer<float>(5).Slice(stream * Order, Order);
}
