// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>Writes a whole period, channel after channel in one array, to a ring.</summary>
internal sealed unsafe class PlanarRingWriter(int channels, int frames)
{
    public void Write(FrameRing ring, float[] outputs, MeshTime timestamp, FrameFlags flags)
    {
        fixed (float* samples = outputs)
        {
            float** planes = stackalloc float*[channels];
            for (int channel = 0; channel < channels; channel++)
            {
                planes[channel] = samples + (channel * frames);
            }

            ring.Writer.WritePlanar(planes, 0, frames, timestamp, flags);
        }
    }
}
