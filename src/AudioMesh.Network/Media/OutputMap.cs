// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>Puts a stream's channels onto those that are read, as <see cref="ChannelMap"/> says. Device thread.</summary>
[RealtimeSafe]
internal static unsafe class OutputMap
{
    public static void Write(float** from, int fromChannels, float** to, int toChannels, int offset, int frames)
    {
        float gain = ChannelMap.GainOf(fromChannels, toChannels);
        for (int channel = 0; channel < toChannels; channel++)
        {
            Span<float> output = new(to[channel] + offset, frames);
            int sources = ChannelMap.Sources(fromChannels, toChannels, channel, out int first);
            if (sources == 0)
            {
                output.Clear();
                continue;
            }

            new ReadOnlySpan<float>(from[first], frames).CopyTo(output);
            for (int source = 1; source < sources; source++)
            {
                float* samples = from[first + source];
                for (int i = 0; i < frames; i++)
                {
                    output[i] += samples[i];
                }
            }

            for (int i = 0; i < frames && gain != 1; i++)
            {
                output[i] *= gain;
            }
        }
    }
}
