// SPDX-License-Identifier: MIT
namespace AudioMesh.Tests.Dsp;

/// <summary>The arithmetic of MixMatrix as its remarks say it, sample by sample.</summary>
internal static class MixMatrixOracle
{
    public static void Mix(ReadOnlySpan<float> sources, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> mixes, int frames)
    {
        int count = sources.Length / frames;
        float inverse = 1f / frames;
        for (int mix = 0; mix < mixes.Length / frames; mix++)
        {
            for (int i = 0; i < frames; i++)
            {
                float sum = 0;
                for (int source = 0; source < count; source++)
                {
                    float first = from[(mix * count) + source];
                    float last = to[(mix * count) + source];
                    if (first != 0 || last != 0)
                    {
                        float step = (last - first) * inverse;
                        float gain = first + (step * i);
                        sum += sources[(source * frames) + i] * gain;
                    }
                }

                mixes[(mix * frames) + i] = sum;
            }
        }
    }
}
