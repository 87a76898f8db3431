// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// Between interleaved frames (L R L R) and planar channels (L L R R). Interleaved and planar memory must not overlap.
/// Incomplete trailing frames are left alone. Any thread.
/// </summary>
[RealtimeSafe]
public static unsafe class Interleave
{
    /// <summary>
    /// Takes frames apart into planes that follow one another: channel c begins at c * frames, where frames is interleaved.Length /
    /// channels. What does not fit into <paramref name="planar"/> is left out.
    /// </summary>
    public static void ToPlanar(ReadOnlySpan<float> interleaved, Span<float> planar, int channels)
    {
        int frames = FramesIn(interleaved.Length, channels);
        int planes = PlanesIn(planar.Length, channels, frames);
        fixed (float* input = interleaved, output = planar)
        {
            if (channels == 2 && planes == 2)
            {
                SplitStereo(input, output, output + frames, frames);
                return;
            }

            for (int channel = 0; channel < planes; channel++)
            {
                SplitOne(input + channel, channels, output + ((nint)channel * frames), frames);
            }
        }
    }

    /// <summary>
    /// Takes up to <paramref name="frames"/> frames apart into one pointer per channel, each with room for that many floats.
    /// </summary>
    public static void ToPlanar(ReadOnlySpan<float> interleaved, float** planar, int channels, int frames)
    {
        fixed (float* input = interleaved)
        {
            ToPlanar(input, channels, planar, channels, 0, Math.Min(frames, FramesIn(interleaved.Length, channels)));
        }
    }

    /// <summary>
    /// Puts planes that follow one another together into frames: channel c begins at c * frames, where frames is interleaved.Length /
    /// channels. Channels that <paramref name="planar"/> does not hold in full are left as they are.
    /// </summary>
    public static void FromPlanar(ReadOnlySpan<float> planar, Span<float> interleaved, int channels)
    {
        int frames = FramesIn(interleaved.Length, channels);
        int planes = PlanesIn(planar.Length, channels, frames);
        fixed (float* input = planar, output = interleaved)
        {
            if (channels == 2 && planes == 2)
            {
                JoinStereo(input, input + frames, output, frames);
                return;
            }

            for (int channel = 0; channel < planes; channel++)
            {
                JoinOne(input + ((nint)channel * frames), output + channel, channels, frames);
            }
        }
    }

    /// <summary>Puts up to <paramref name="frames"/> floats of one pointer per channel together into frames.</summary>
    public static void FromPlanar(float** planar, Span<float> interleaved, int channels, int frames)
    {
        fixed (float* output = interleaved)
        {
            FromPlanar(planar, 0, output, channels, Math.Min(frames, FramesIn(interleaved.Length, channels)));
        }
    }

    /// <summary>
    /// Takes the first <paramref name="planes"/> of <paramref name="channels"/> channels apart, into each plane from <paramref
    /// name="offset"/> on.
    /// </summary>
    internal static void ToPlanar(float* interleaved, int channels, float** planar, int planes, int offset, int frames)
    {
        if (channels == 2 && planes == 2)
        {
            SplitStereo(interleaved, planar[0] + offset, planar[1] + offset, frames);
            return;
        }

        for (int channel = 0; channel < planes; channel++)
        {
            SplitOne(interleaved + channel, channels, planar[channel] + offset, frames);
        }
    }

    /// <summary>Puts the floats from <paramref name="offset"/> on of every plane together into frames.</summary>
    internal static void FromPlanar(float** planar, int offset, float* interleaved, int channels, int frames)
    {
        if (channels == 2)
        {
            JoinStereo(planar[0] + offset, planar[1] + offset, interleaved, frames);
            return;
        }

        for (int channel = 0; channel < channels; channel++)
        {
            JoinOne(planar[channel] + offset, interleaved + channel, channels, frames);
        }
    }

    private static int FramesIn(int samples, int channels) => channels > 0 ? samples / channels : 0;

    private static int PlanesIn(int samples, int channels, int frames) => frames > 0 ? Math.Min(channels, samples / frames) : 0;

    private static void SplitOne(float* input, int stride, float* output, int frames)
    {
        if (stride == 1)
        {
            new ReadOnlySpan<float>(input, frames).CopyTo(new Span<float>(output, frames));
            return;
        }

        for (int frame = 0; frame < frames; frame++, input += stride)
        {
            output[frame] = *input;
        }
    }

    private static void JoinOne(float* input, float* output, int stride, int frames)
    {
        if (stride == 1)
        {
            new ReadOnlySpan<float>(input, frames).CopyTo(new Span<float>(output, frames));
            return;
        }

        for (int frame = 0; frame < frames; frame++, output += stride)
        {
            *output = input[frame];
        }
    }

    private static void SplitStereo(float* input, float* left, float* right, int frames) =>
        BlockLoop.Run(new SplitStereoOperator(input, left, right), frames);

    private static void JoinStereo(float* left, float* right, float* output, int frames) =>
        BlockLoop.Run(new JoinStereoOperator(left, right, output), frames);
}
