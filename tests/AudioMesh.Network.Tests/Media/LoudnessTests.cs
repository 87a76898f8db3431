// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;

namespace AudioMesh.Network.Tests.Media;

/// <summary>Whatever is missing, and however the depth moves about, what is heard is not louder than what was sent.</summary>
public class LoudnessTests
{
    [Test]
    public void Nothing_is_louder_than_twice_what_was_sent([Values(2, 5, 7)] int seed, [Values(64, 128)] int frames)
    {
        StreamReceiverOptions options = new() { Channels = 2, Rate = 48000, MaxDepthMs = seed % 2 == 0 ? 200 : 3 };
        Random random = new(seed);
        double hertz = 100 + (random.NextDouble() * 3000);
        using VirtualLink link = new(options, frames, frames) { Trains = true, Sound = (channel, frame) => (float)(0.01 * Math.Sin(2 * Math.PI * hertz * frame / 48000) * (channel + 1) / 2) };
        link.Way = _ => random.Next(30) == 0 ? -1 : 50_000 + random.Next(100_000) + (random.Next(20) == 0 ? random.Next(4_000_000) : 0);
        float loudest = 0;
        link.Heard = (planes, _, _, _) =>
        {
            foreach (float sample in planes)
            {
                loudest = Math.Max(loudest, float.IsFinite(sample) ? Math.Abs(sample) : float.MaxValue);
            }
        };
        for (int stall = 0; stall < 60; stall++)
        {
            bool sends = random.Next(2) == 0;
            link.Run(0.001 + (random.NextDouble() * 0.03), sends, !sends || random.Next(4) == 0);
            link.Trains = random.Next(3) != 0;
            link.Run(0.02 + (random.NextDouble() * 0.2));
        }

        Assert.That(loudest, Is.InRange(0.0099, 0.0205), "the interpolation between frames adds a hundredth");
    }
}
