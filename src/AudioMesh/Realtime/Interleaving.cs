// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Realtime;

/// <summary>Between interleaved samples and one buffer for each channel. Buffers need no alignment and do not overlap.</summary>
internal static unsafe class Interleaving
{
    /// <summary>Spreads <paramref name="frames"/> interleaved frames over the first channels of <paramref name="planar"/>, from <paramref name="offset"/> on.</summary>
    [RealtimeSafe]
    public static void Split(float* interleaved, int channels, float** planar, int planarChannels, int offset, int frames)
    {
        int common = Math.Min(channels, planarChannels);
        if (channels == 1 && common == 1)
        {
            new ReadOnlySpan<float>(interleaved, frames).CopyTo(new Span<float>(planar[0] + offset, frames));
        }
        else if (channels == 2 && common == 2)
        {
            SplitStereo(interleaved, planar[0] + offset, planar[1] + offset, frames);
        }
        else
        {
            for (int channel = 0; channel < common; channel++)
            {
                float* from = interleaved + channel;
                float* to = planar[channel] + offset;
                for (int i = 0; i < frames; i++, from += channels)
                {
                    to[i] = *from;
                }
            }
        }
    }

    /// <summary>Gathers <paramref name="frames"/> frames from <paramref name="offset"/> of every channel of <paramref name="planar"/>.</summary>
    [RealtimeSafe]
    public static void Join(float** planar, int offset, float* interleaved, int channels, int frames)
    {
        if (channels == 1)
        {
            new ReadOnlySpan<float>(planar[0] + offset, frames).CopyTo(new Span<float>(interleaved, frames));
        }
        else if (channels == 2)
        {
            JoinStereo(planar[0] + offset, planar[1] + offset, interleaved, frames);
        }
        else
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float* from = planar[channel] + offset;
                float* to = interleaved + channel;
                for (int i = 0; i < frames; i++, to += channels)
                {
                    *to = from[i];
                }
            }
        }
    }

    private static void SplitStereo(float* from, float* left, float* right, int frames)
    {
        int i = 0;
        if (Sse.IsSupported)
        {
            for (; i <= frames - 4; i += 4)
            {
                Vector128<float> a = Vector128.Load(from + (2 * i));
                Vector128<float> b = Vector128.Load(from + (2 * i) + 4);
                Sse.Shuffle(a, b, 0b10_00_10_00).Store(left + i);
                Sse.Shuffle(a, b, 0b11_01_11_01).Store(right + i);
            }
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            for (; i <= frames - 4; i += 4)
            {
                Vector128<float> a = Vector128.Load(from + (2 * i));
                Vector128<float> b = Vector128.Load(from + (2 * i) + 4);
                AdvSimd.Arm64.UnzipEven(a, b).Store(left + i);
                AdvSimd.Arm64.UnzipOdd(a, b).Store(right + i);
            }
        }

        for (; i < frames; i++)
        {
            left[i] = from[2 * i];
            right[i] = from[(2 * i) + 1];
        }
    }

    private static void JoinStereo(float* left, float* right, float* to, int frames)
    {
        int i = 0;
        if (Sse.IsSupported)
        {
            for (; i <= frames - 4; i += 4)
            {
                Vector128<float> l = Vector128.Load(left + i);
                Vector128<float> r = Vector128.Load(right + i);
                Sse.UnpackLow(l, r).Store(to + (2 * i));
                Sse.UnpackHigh(l, r).Store(to + (2 * i) + 4);
            }
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            for (; i <= frames - 4; i += 4)
            {
                Vector128<float> l = Vector128.Load(left + i);
                Vector128<float> r = Vector128.Load(right + i);
                AdvSimd.Arm64.ZipLow(l, r).Store(to + (2 * i));
                AdvSimd.Arm64.ZipHigh(l, r).Store(to + (2 * i) + 4);
            }
        }

        for (; i < frames; i++)
        {
            to[2 * i] = left[i];
            to[(2 * i) + 1] = right[i];
        }
    }
}
