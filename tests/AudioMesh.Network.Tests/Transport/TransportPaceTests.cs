// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>An engine's transport that follows mesh time on a device whose clock is off, block by block.</summary>
internal sealed class TransportPaceTests
{
    private const int Rate = 48_000;
    private const int Block = 256;
    private static readonly MeshTime Start = new(1_000_000_000);

    [TestCase(100, 0)]
    [TestCase(-100, 0)]
    [TestCase(40, 20_000)]
    public void Frames_are_heard_when_they_are_due_however_fast_the_device_runs(double ppm, int jitterNs)
    {
        RepeatableRandom random = new(5);
        TransportClock clock = Begin(out MeshTime at);
        double worst = 0, worstStep = 0, next = double.NaN;
        for (long position = Block; position < 120L * Rate; position += Block)
        {
            MeshTime time = TimeOf(position, ppm);
            clock.Begin(new FrameCount(position), Block, time.Add(jitterNs > 0 ? random.Next(2 * jitterNs) - jitterNs : 0), Rate);
            TransportSpan last = clock.Spans[^1];
            if (position > 60L * Rate)
            {
                worst = Math.Max(worst, Math.Abs(last.Frame + last.Part - ((time - at) * 1e-9 * Rate)));
                worstStep = Math.Max(worstStep, Math.Abs(last.Step - 1));
                Assert.That(last.Frame + last.Part, Is.EqualTo(next).Within(1e-6), "block after block without a gap");
            }

            next = last.Frame + last.Part + (last.Frames * last.Step);
        }

        TestContext.Out.WriteLine($"worst {worst:F4} frames, step within {worstStep * 1e6:F1} ppm");
        Assert.That(worst, Is.LessThan(0.25));
        Assert.That(worstStep, Is.LessThan((Math.Abs(ppm) + 20) * 1e-6));
    }

    [Test]
    public void What_a_device_lost_is_skipped_within_a_tenth_of_a_second()
    {
        const int lost = 30 * Rate / 1000;
        TransportClock clock = Begin(out MeshTime at);
        for (long position = Block; position < 3L * Rate; position += Block)
        {
            MeshTime time = TimeOf(position + (position < Rate ? 0 : lost), 0);
            clock.Begin(new FrameCount(position), Block, time, Rate);
            if (position > Rate + (Rate / 10))
            {
                Assert.That(clock.Spans[0].Frame + clock.Spans[0].Part, Is.EqualTo((time - at) * 1e-9 * Rate).Within(1));
            }
        }
    }

    [Test]
    public void A_device_that_stood_still_for_long_is_not_run_after()
    {
        TransportClock clock = Begin(out _);
        long position = Block;
        for (; position < 2L * Rate; position += Block)
        {
            clock.Begin(new FrameCount(position), Block, TimeOf(position, 0), Rate);
        }

        long before = clock.Spans[^1].Frame;
        for (int i = 1; i <= 100; i++, position += Block)
        {
            clock.Begin(new FrameCount(position), Block, TimeOf(position + Rate, 0), Rate);
            Assert.That(clock.Spans[0] with { Frame = 0 }, Is.EqualTo(new TransportSpan(0, Block, 0, true)));
        }

        Assert.That(clock.Spans[0].Frame, Is.EqualTo(before + (100 * Block)).Within(1));
    }

    [Test]
    public void A_clip_is_resampled_to_where_the_transport_is()
    {
        using TemporaryFolder folder = new();
        float[] sine = [.. Enumerable.Range(0, 3 * Rate).Select(frame => (float)(0.5 * Math.Sin(Math.Tau * frame * 3000 / Rate)))];
        using (IAudioFileWriter writer = AudioFile.Create(folder.PathOf("sine.wav"), new AudioFileOptions { Rate = Rate, Channels = 1, Format = FileSampleFormat.Float32 }))
        {
            writer.Write(sine);
        }

        TransportClock clock = Begin(out _);
        NodeType type = ClipNode.Add(NodeCatalogue.CreateDefault(), clock).Find("clip");
        using GraphNode node = type.Create(new NodeArguments(type, new Dictionary<string, ParameterValue> { ["path"] = folder.PathOf("sine.wav") }));
        node.Prepare(new GraphFormat(Rate, Block));
        double worst = 0;
        for (long position = Block; position < 2L * Rate; position += Block)
        {
            clock.Begin(new FrameCount(position), Block, TimeOf(position, 100), Rate);
            float[] heard = Render(node, position);
            TransportSpan span = clock.Spans[^1];
            if (!span.IsRolling || span.Frame < 100)
            {
                continue;
            }

            for (int i = 0; i < span.Frames; i++)
            {
                double place = span.Frame + span.Part + (i * span.Step);
                worst = Math.Max(worst, Math.Abs(heard[span.Offset + i] - (0.5 * Math.Sin(Math.Tau * place * 3000 / Rate))));
            }
        }

        TestContext.Out.WriteLine($"worst {20 * Math.Log10(worst):F1} dB");
        Assert.That(worst, Is.GreaterThan(0).And.LessThan(1e-5));
    }

    private static TransportClock Begin(out MeshTime at)
    {
        TransportClock clock = new(new TimeService(1, new MeshTime(0), new TimeOptions()).Timebase, followsMesh: true);
        clock.Begin(new FrameCount(0), Block, TimeOf(0, 0), Rate);
        at = clock.Read().At.Add(200_000_123);
        Assert.That(clock.Schedule(new TransportOrder(1, TransportAction.LocateStart, at, 0)).IsNone);
        return clock;
    }

    private static MeshTime TimeOf(long position, double ppm) => Start.Add((long)(position * 1e9 / (Rate * (1 + (ppm * 1e-6)))));

    private static unsafe float[] Render(GraphNode node, long position)
    {
        float[] sound = new float[Block];
        fixed (float* channel = sound)
        {
            float* channels = channel;
            RenderContext context = new(Block, new FrameCount(position), Start, new DevicePorts(), new EventQueue<RenderEvent>(2), Rate, long.MaxValue);
            node.Process(context, default, new BlockView(&channels, 1, Block, FrameFlags.None));
        }

        return sound;
    }
}
