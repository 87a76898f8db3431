// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>Apps with a clock of their own, for ten minutes of the device's frames.</summary>
internal sealed class RingDriftTests : EngineFixture
{
    private const int Period = 128;
    private const int Rate = 48000;
    private const int Seconds = 600;

    [TestCase(300, 480, "bandlimited")]
    [TestCase(-300, 480, "bandlimited")]
    [TestCase(40, 128, "linear")]
    [TestCase(0, 1024, "linear")]
    public void An_app_that_writes_by_its_own_clock_is_followed(int ppm, int block, string quality)
    {
        const int Depth = 2048;
        Open(Period);
        AppSourceNode source = (AppSourceNode)Engine.FindNode(Add(
            "app_source", ("frames", 8192), ("depth", Depth), ("channels", 1), ("drift", "auto"), ("gaps", "silence"), ("quality", quality)));
        Chain(source.Id, Add("device_sink", ("channels", 1)));
        Engine.Start();
        PeriodProbe probe = new(Device) { Frames = Period };
        float[] sound = GraphTests.Fill(block, 0.5f);
        RepeatableRandom jitter = new(1);
        double due = 0;
        (double Least, double Most) fill = (double.MaxValue, 0);
        for (long frame = 0; frame < (long)Seconds * Rate; frame += Period)
        {
            // Up to 2 ms late, as a program is that sleeps.
            while (due <= (frame - jitter.Next(96)) * (1 + (ppm * 1e-6)))
            {
                Assert.That(source.Ring.Writer.Write(sound, MeshTime.Unknown, FrameFlags.None), Is.EqualTo(block));
                due += block;
            }

            if (frame > 2 * Rate)
            {
                int now = source.Ring.Reader.ReadableFrames;
                fill = (Math.Min(fill.Least, now), Math.Max(fill.Most, now));
            }

            probe.Pull();
        }

        double found = source.Get("drift_ppm")!.Value.Number;
        TestContext.Out.WriteLine($"{ppm} ppm in blocks of {block}: found {found:0.00} ppm, fill {fill.Least}..{fill.Most} of {Depth}");
        Assert.That(source.Underruns, Is.Zero);
        Assert.That(fill.Least, Is.GreaterThan(Depth - block - 400));
        Assert.That(fill.Most, Is.LessThan(Depth + block + 400));
        Assert.That(found, Is.EqualTo(ppm).Within(5));
        Assert.That(source.Get("locked")!.Value.Number, Is.EqualTo(1));
        Assert.That(source.Ring.Writer.RefusedFrames, Is.Zero);
    }

    [Test]
    public void What_piled_up_while_the_device_stood_still_is_left_out()
    {
        const int Depth = 256;
        Open(Period);
        AppSourceNode source = (AppSourceNode)Engine.FindNode(Add(
            "app_source", ("frames", 16384), ("depth", Depth), ("channels", 1), ("drift", "auto"), ("quality", "linear")));
        Chain(source.Id, Add("device_sink", ("channels", 1)));
        Engine.Start();
        List<float> heard = [];
        double phase = 0;
        float[] block = new float[Period];
        for (int period = 0; period < 4 * Rate / Period; period++)
        {
            for (int i = 0; i < block.Length; i++, phase += Math.Tau * 200 / Rate)
            {
                block[i] = (float)(0.5 * Math.Sin(phase));
            }

            source.Ring.Writer.Write(block, MeshTime.Unknown, FrameFlags.None);
            if (period is < 700 or >= 740)
            {
                heard.AddRange(Device.Pull(Period)[0]);
            }
        }

        float steepest = heard.Skip(Rate / 10).Zip(heard.Skip((Rate / 10) + 1), (one, next) => Math.Abs(next - one)).Max();
        TestContext.Out.WriteLine($"fill {source.Ring.Reader.ReadableFrames}, left out {source.Get("left_out_frames")!.Value.Number}, steepest {steepest:0.0000}");
        Assert.That(source.Get("left_out_frames")!.Value.Number, Is.EqualTo(40.0 * Period).Within(Depth));
        Assert.That(source.Ring.Reader.ReadableFrames, Is.InRange(1, 2 * Depth));
        Assert.That(steepest, Is.LessThan(0.03), "a sine of 200 Hz takes steps of up to 0.013; faded over a period of 128 frames, whatever it is faded to, they stay below 0.03");
        Assert.That(source.Underruns, Is.Zero);
    }

    [Test]
    public void A_ring_that_is_kept_full_loses_nothing()
    {
        Open(Period);
        AppSourceNode source = (AppSourceNode)Engine.FindNode(Add(
            "app_source", ("frames", 8192), ("depth", 1024), ("channels", 1), ("drift", "auto"), ("quality", "linear")));
        Chain(source.Id, Add("device_sink", ("channels", 1)));
        Engine.Start();
        float[] block = GraphTests.Fill(32, 0.5f);
        for (int period = 0; period < 2 * Rate / Period; period++)
        {
            while (source.Ring.Writer.WritableFrames >= block.Length)
            {
                source.Ring.Writer.Write(block, MeshTime.Unknown, FrameFlags.None);
            }

            Device.Pull(Period);
        }

        Assert.That(source.Get("left_out_frames")!.Value.Number, Is.Zero);
    }

    [TestCase(300, 480)]
    [TestCase(-300, 480)]
    public void An_app_that_reads_by_its_own_clock_is_followed(int ppm, int block)
    {
        Open(Period);
        int tone = Add("tone", ("channels", 1));
        AppSinkNode sink = (AppSinkNode)Engine.FindNode(Add(
            "app_sink", ("frames", 8192), ("channels", 1), ("drift", "auto"), ("quality", "linear")));
        Chain(tone, sink.Id);
        Engine.Start();
        PeriodProbe probe = new(Device) { Frames = Period };
        float[] read = new float[block];
        double due = 2048;
        (double Least, double Most) fill = (double.MaxValue, 0);
        for (long frame = 0; frame < (long)Seconds * Rate; frame += Period)
        {
            while (due <= frame * (1 + (ppm * 1e-6)))
            {
                Assert.That(sink.Ring.Reader.Read(read, out _), Is.EqualTo(block), "frames read");
                due += block;
            }

            probe.Pull();
            if (frame > 4 * Rate)
            {
                int now = sink.Ring.Writer.FillFrames;
                fill = (Math.Min(fill.Least, now), Math.Max(fill.Most, now));
            }
        }

        double found = sink.Get("drift_ppm")!.Value.Number;
        TestContext.Out.WriteLine($"{ppm} ppm in blocks of {block}: found {found:0.00} ppm, fill {fill.Least}..{fill.Most}");
        Assert.That(fill.Most - fill.Least, Is.LessThan(block + Period + 400));
        Assert.That(found, Is.EqualTo(ppm).Within(5));
        Assert.That((sink.Get("lost_frames")!.Value.Number, sink.Get("locked")!.Value.Number), Is.EqualTo((0.0, 1.0)));
    }

    [Test]
    public void An_app_that_rests_and_reads_on_loses_what_it_did_not_take_and_no_more()
    {
        Open(Period);
        int tone = Add("tone", ("channels", 1));
        AppSinkNode sink = (AppSinkNode)Engine.FindNode(Add(
            "app_sink", ("frames", 8192), ("channels", 1), ("drift", "auto"), ("quality", "linear")));
        Chain(tone, sink.Id);
        Engine.Start();
        PeriodProbe probe = new(Device) { Frames = Period };
        float[] read = new float[480];
        double due = 2048;
        double lost = 0;
        for (long frame = 0; frame < 240L * Rate; frame += Period)
        {
            bool isResting = frame is > 60 * Rate and < 63 * Rate;
            due = isResting ? frame : due;
            for (; due <= frame && !isResting; due += 480 * (1 - 50e-6))
            {
                Assert.That(sink.Ring.Reader.Read(read, out _), Is.EqualTo(480), "frames read");
            }

            probe.Pull();
            lost = frame == 90 * Rate ? sink.Get("lost_frames")!.Value.Number : lost;
        }

        TestContext.Out.WriteLine($"lost {lost}, then fill {sink.Ring.Writer.FillFrames}, found {sink.Get("drift_ppm")!.Value.Number:0.0} ppm");
        Assert.That(lost, Is.InRange(100_000, 160_000));
        Assert.That(sink.Get("lost_frames")!.Value.Number, Is.EqualTo(lost));
        Assert.That(sink.Get("drift_ppm")!.Value.Number, Is.EqualTo(50).Within(5));
        Assert.That((double)sink.Ring.Writer.FillFrames, Is.EqualTo(6144).Within(600));
    }

    [Test]
    public void Where_a_clock_is_followed_a_sine_stays_one()
    {
        Open(Period);
        AppSourceNode source = (AppSourceNode)Engine.FindNode(Add(
            "app_source", ("frames", 8192), ("depth", 2048), ("channels", 1), ("drift", "auto"), ("rate", 44100)));
        Chain(source.Id, Add("device_sink", ("channels", 1)));
        Engine.Start();
        const double Own = 44100 * (1 + 100e-6);
        double phase = 0;
        float[] block = new float[441];
        double due = 0;
        List<float> heard = [];
        for (long frame = 0; frame < 60 * Rate; frame += Period)
        {
            while (due <= frame * Own / Rate)
            {
                for (int i = 0; i < block.Length; i++)
                {
                    block[i] = (float)(0.5 * Math.Sin(phase));
                    phase += Math.Tau * 1000 / Own;
                }

                source.Ring.Writer.Write(block, MeshTime.Unknown, FrameFlags.None);
                due += block.Length;
            }

            heard.AddRange(Device.Pull(Period)[0]);
        }

        float[] end = [.. heard.TakeLast(8192)];
        double best = Enumerable.Range(-400, 801).Min(i => new SineFit(end, 1000.0 * (1 + (i * 5e-8)) / Rate).ResidualDb());
        TestContext.Out.WriteLine($"residual {best:0.0} dB");
        Assert.That(best, Is.LessThan(-80), "dB, against the nearest sine");
    }
}
