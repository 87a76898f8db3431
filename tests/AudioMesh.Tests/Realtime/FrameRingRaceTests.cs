// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Realtime;

internal sealed class FrameRingRaceTests
{
    private const int MostFrames = 300;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    [TestCase(1, 64)]
    [TestCase(2, 512)]
    [TestCase(24, 1024)]
    public void Reader_never_sees_a_torn_frame(int channels, int capacity)
    {
        using FrameRing ring = FrameRing.Create(new FrameRingOptions { CapacityFrames = capacity, Channels = channels, Rate = 48000 });
        RingSignal signal = new(channels, 48000, seed: (ulong)channels);
        Race.Run(
            token => Write(ring.Writer, signal, channels, token),
            token => Read(ring.Reader, signal, channels, token));
        Assert.That(ring.Reader.Position, Is.EqualTo(ring.Writer.Position));
        Assert.That(ring.Reader.Position, Is.GreaterThan(1000));
    }

    private static void Write(FrameRingWriter writer, RingSignal signal, int channels, CancellationToken token)
    {
        RepeatableRandom random = new(1);
        uint[] scratch = new uint[MostFrames * channels];
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < Duration && !token.IsCancellationRequested)
        {
            if (signal.Write(writer, 1 + random.Next(MostFrames), scratch) == 0)
            {
                Thread.Yield();
            }
        }

        writer.Complete();
    }

    private static void Read(FrameRingReader reader, RingSignal signal, int channels, CancellationToken token)
    {
        RepeatableRandom random = new(2);
        uint[] scratch = new uint[MostFrames * channels];
        while (!reader.IsCompleted && !token.IsCancellationRequested)
        {
            if (signal.ReadAndCheck(reader, 1 + random.Next(MostFrames), scratch) == 0)
            {
                Thread.Yield();
            }
        }
    }
}
