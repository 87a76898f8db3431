// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed unsafe class InterleaveTests
{
    [Test]
    public void Planes_hold_their_channel_and_join_to_the_same_frames([Values(1, 2, 3, 5, 6, 8, 17)] int channels)
    {
        for (int frames = 0; frames <= 130; frames++)
        {
            float[] interleaved = Signals.Noise(frames * channels);
            float[] planar = new float[frames * channels];
            float[] joined = new float[frames * channels];
            Interleave.ToPlanar(interleaved, planar, channels);
            for (int i = 0; i < interleaved.Length; i++)
            {
                Assert.That(planar[(i % channels * frames) + (i / channels)], Is.EqualTo(interleaved[i]), $"{frames} frames, sample {i}");
            }

            Interleave.FromPlanar(planar, joined, channels);
            Assert.That(joined, Is.EqualTo(interleaved), $"{frames} frames");
        }
    }

    [Test]
    public void Pointers_to_channels_do_the_same_as_planes_in_a_row([Values(1, 2, 3, 8)] int channels)
    {
        float** pointers = stackalloc float*[8];
        for (int frames = 1; frames <= 67; frames++)
        {
            float[] interleaved = Signals.Noise(frames * channels);
            float[] expected = new float[frames * channels];
            float[] planar = new float[frames * channels];
            float[] joined = new float[frames * channels];
            Interleave.ToPlanar(interleaved, expected, channels);
            fixed (float* start = planar)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    pointers[channel] = start + (channel * frames);
                }

                Interleave.ToPlanar(interleaved, pointers, channels, frames);
                Interleave.FromPlanar(pointers, joined, channels, frames);
            }

            Assert.That(planar, Is.EqualTo(expected));
            Assert.That(joined, Is.EqualTo(interleaved));
        }
    }

    [Test]
    public void What_does_not_fit_is_left_out_and_nothing_beyond_is_touched()
    {
        float[] planar = [9, 9, 9, 9, 9];
        Interleave.ToPlanar([1, 2, 3, 4, 5], planar.AsSpan(0, 3), 2);
        Assert.That(planar, Is.EqualTo(new float[] { 1, 3, 9, 9, 9 }));

        float[] interleaved = [9, 9, 9, 9, 9];
        Interleave.FromPlanar([1, 2, 3, 4], interleaved, 2);
        Assert.That(interleaved, Is.EqualTo(new float[] { 1, 3, 2, 4, 9 }));

        Interleave.ToPlanar([1, 2], planar, 0);
        Assert.That(planar, Is.EqualTo(new float[] { 1, 3, 9, 9, 9 }));
    }
}
