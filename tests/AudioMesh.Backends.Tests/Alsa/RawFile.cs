// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>What ALSA's <c>file</c> PCM wrote as interleaved floats.</summary>
internal sealed class RawFile(string path, int channels) : IOutputCapture
{
    /// <summary>The PCM that writes raw samples to <paramref name="path"/>.</summary>
    public static string Device(string path) => $"file:'{path}',raw";

    public float[][] Take()
    {
        ReadOnlySpan<float> samples = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path));
        float[][] planes = new float[channels][];
        for (int channel = 0; channel < channels; channel++)
        {
            planes[channel] = new float[samples.Length / channels];
            for (int frame = 0; frame < planes[channel].Length; frame++)
            {
                planes[channel][frame] = samples[(frame * channels) + channel];
            }
        }

        return planes;
    }

    public void Dispose()
    {
        File.Delete(path);
    }
}
