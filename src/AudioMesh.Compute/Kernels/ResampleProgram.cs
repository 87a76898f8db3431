// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>
/// Reads many channels at places between their frames: band-limited interpolation, the same places for all channels. It keeps nothing from one
/// run to the next; the caller lays out the input with what the filter needs around it. The same bits on every device.
/// </summary>
public sealed class ResampleProgram : KernelProgram
{
    private readonly ResampleBank _bank;

    /// <summary>
    /// Records it. Throws <see cref="AudioErrorKind.InvalidArgument"/> for sizes below 1, fewer input frames than taps or over 4 million output
    /// frames, and what the device throws.
    /// </summary>
    public ResampleProgram(IComputeDevice device, ResampleBank bank, int channels, int inputFrames, int outputFrames)
        : base(
            device,
            ComputeKernels.Resample,
            [
                12,
                4L * Size(channels, 1, MostGroups, nameof(channels)) * Size(inputFrames, bank.Taps, int.MaxValue, nameof(inputFrames)),
                4L * bank.Rows.Length,
                24L * Size(outputFrames, 1, MostGroups * 64, nameof(outputFrames)),
                4L * channels * outputFrames,
            ],
            (Groups(outputFrames, ComputeKernels.Resample.GroupSize.X), channels, 1))
    {
        _bank = bank;
        Channels = channels;
        InputFrames = inputFrames;
        OutputFrames = outputFrames;
        Parameters<ResampleKernel.Parameters>() = new() { InputFrames = inputFrames, OutputFrames = outputFrames, Taps = bank.Taps };
        bank.Rows.CopyTo(Buffer<float>(2));
        SetPlaces((bank.Taps / 2) - 1, 0);
    }

    /// <summary>How many channels.</summary>
    public int Channels { get; }

    /// <summary>Frames of input.</summary>
    public int InputFrames { get; }

    /// <summary>Frames of output.</summary>
    public int OutputFrames { get; }

    /// <summary>The input of a channel: <see cref="InputFrames"/> samples.</summary>
    public Span<float> Input(int channel) => Buffer<float>(1).Slice(channel * InputFrames, InputFrames);

    /// <summary>The output of a channel: <see cref="OutputFrames"/> samples.</summary>
    public ReadOnlySpan<float> Output(int channel) => Buffer<float>(4).Slice(channel * OutputFrames, OutputFrames);

    /// <summary>
    /// Output frame i is the input at <paramref name="first"/> + i * <paramref name="step"/>, in frames. Throws
    /// <see cref="AudioErrorKind.InvalidArgument"/> where the filter would reach beyond the input: half its taps before a place, and half after.
    /// </summary>
    public void SetPlaces(double first, double step)
    {
        double last = first + ((OutputFrames - 1) * step);
        double least = (_bank.Taps / 2) - 1;
        double end = InputFrames - (_bank.Taps / 2);
        if (!(Math.Min(first, last) >= least && Math.Max(first, last) < end))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Places {first} to {last}.") { Field = nameof(first), Allowed = $"{least}..{end}" };
        }

        Span<ResampleKernel.Position> positions = Buffer<ResampleKernel.Position>(3);
        for (int i = 0; i < OutputFrames; i++)
        {
            positions[i] = At(first + (i * step));
        }
    }

    /// <summary>The cubic through the four rows around a place (Lagrange's, for points at -1, 0, 1 and 2).</summary>
    private ResampleKernel.Position At(double place)
    {
        int frame = (int)place;
        double phase = (place - frame) * ResampleBank.Phases;
        double t = phase - (int)phase;
        return new()
        {
            First = frame - ((_bank.Taps / 2) - 1),
            Row = (int)phase,
            Weight0 = (float)(t * (t - 1) * (t - 2) / -6),
            Weight1 = (float)((t + 1) * (t - 1) * (t - 2) / 2),
            Weight2 = (float)((t + 1) * t * (t - 2) / -2),
            Weight3 = (float)((t + 1) * t * (t - 1) / 6),
        };
    }
}
