// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Compute.Kernels;

/// <summary>
/// Meters many channels, block by block: each run takes the next. Peak, and true peak by the arithmetic of <see cref="TruePeakMeter"/>, are the same bits on
/// every device, and so is the sum of squares, over 64 lanes and a tree. Samples are numbers: what is read of NaN is not said.
/// </summary>
public sealed class MetersProgram : KernelProgram
{
    private static readonly int Taps = TruePeakMeter.Filter.Length / MetersKernel.Phases;

    /// <summary>Records it. Throws <see cref="AudioErrorKind.InvalidArgument"/> for sizes below 1, and what the device throws.</summary>
    public MetersProgram(IComputeDevice device, int channels, int frames)
        : base(
            device,
            ComputeKernels.Meters,
            [
                8,
                4L * Size(channels, 1, MostGroups, nameof(channels)) * (Taps - 1L + Size(frames, 1, int.MaxValue, nameof(frames))),
                4L * TruePeakMeter.Filter.Length,
                12L * channels,
            ],
            (channels, 1, 1))
    {
        Channels = channels;
        Frames = frames;
        Parameters<MetersKernel.Parameters>() = new() { Frames = frames, Taps = Taps };
        TruePeakMeter.Filter.CopyTo(Buffer<float>(2));
    }

    /// <summary>How many channels.</summary>
    public int Channels { get; }

    /// <summary>Frames in a block.</summary>
    public int Frames { get; }

    /// <summary>The next block of a channel: <see cref="Frames"/> samples.</summary>
    public Span<float> Input(int channel) => Buffer<float>(1).Slice((channel * (Taps - 1 + Frames)) + Taps - 1, Frames);

    /// <summary>What was read of a channel.</summary>
    public MeterReading Reading(int channel)
    {
        MetersKernel.Reading reading = Buffer<MetersKernel.Reading>(3)[channel];
        return new(reading.Peak, (float)Math.Sqrt((double)reading.Energy / Frames), reading.TruePeak);
    }

    /// <summary>Forgets what came before, as if it had been silence.</summary>
    public void Reset()
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            Buffer<float>(1).Slice(channel * (Taps - 1 + Frames), Taps - 1).Clear();
        }
    }
}
