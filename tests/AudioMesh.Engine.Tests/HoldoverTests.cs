// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;

namespace AudioMesh.Engine.Tests;

internal sealed class HoldoverTests : EngineFixture
{
    [Test]
    public void Time_goes_on_while_the_device_is_lost_and_sound_returns_with_it()
    {
        Open();
        Chain(Add("tone"), Add("device_sink"));
        Engine.Start();
        Device.Pull(640);
        Device.RefusesToOpen = true;
        Device.Lose();
        Await(e => e.Value == "holdover");
        long lostAt = Engine.GetTelemetry().Placement.Position.Value;
        AwaitTrue(() => Engine.GetTelemetry().Placement.Position.Value > lostAt + 4800);
        EngineEvent waiting = Await(e => e.Value == "waiting");
        Assert.That(waiting.Error!.Message, Does.Contain("unplugged"));

        Device.RefusesToOpen = false;
        Await(e => e.Value == "returned");
        Await(e => e.Value == "running");
        Assert.That(Device.State, Is.EqualTo(BackendState.Running));
        Assert.That(Device.Pull(640)[0], Has.Some.Not.Zero);
        Assert.That(Engine.GetTelemetry().State, Is.EqualTo(EngineState.Running));
    }

    [Test]
    public void What_the_device_recorded_goes_on_as_foretold_and_fades_until_it_is_back()
    {
        Open(inputChannels: 1, outputChannels: 1);
        int source = Add("device_source", ("channels", 1));
        int sink = Add("app_sink", ("channels", 1), ("frames", 1 << 18));
        Chain(source, Add("device_sink", ("channels", 1)));
        Engine.Connect(source, sink);
        Engine.Start();
        FrameRingReader reader = ((IRingNode)Engine.FindNode(sink)).Ring.Reader;
        Device.Pull(8192, [Sine(0, 8192)]);
        Assert.That(Engine.FindNode(source).Gaps!.Concealer!.Statistics.Trainings, Is.Zero, "nothing is trained while all is well");
        Device.RefusesToOpen = true;
        Device.Lose();
        AwaitTrue(() => reader.ReadableFrames > 8192 + 19200);
        Device.RefusesToOpen = false;
        Await(e => e.Value == "returned");
        Device.Pull(4096, [Sine(0, 4096)]);

        float[] heard = new float[reader.ReadableFrames];
        (List<FrameFlags> flags, int lost) = ReadAll(reader, heard);
        Assert.That(heard[..8192], Is.EqualTo(Sine(0, 8192)));
        Assert.That(heard[8192..(8192 + 256)].Zip(Sine(8192, 256)).Max(x => Math.Abs(x.First - x.Second)), Is.LessThan(0.02));
        Assert.That(LargestStep(heard), Is.LessThan(1.3 * LargestStep(Sine(0, 8192))));
        Assert.That(heard[(8192 + 5760)..^4096], Is.All.Zero);
        Assert.That(heard[^3900..], Is.EqualTo(Sine(196, 3900)));
        Assert.That(flags[128..(128 + 90)], Is.All.EqualTo(FrameFlags.Predicted | FrameFlags.Dropout));
        Assert.That(flags[(128 + 90)..^64], Is.All.EqualTo(FrameFlags.Dropout));
        EngineEvent gap = Await(e => e.Value == "underrun");
        Assert.That((gap.Cause, gap.NodeId, gap.Frames, gap.PredictedFrames), Is.EqualTo((RenderCause.Device, source, (long)lost, 5760L)));
        Assert.That(Engine.GetTelemetry().PredictedFrames, Is.EqualTo(5760));
    }

    [Test]
    public void A_device_that_returns_in_the_middle_of_sound_is_faded_in()
    {
        Open(outputChannels: 1);
        Chain(Add("device_source", ("channels", 1)), Add("device_sink", ("channels", 1)));
        Chain(Add("tone", ("freq", 30), ("channels", 1)), Add("device_sink", ("channels", 1)));
        Engine.Start();
        Device.Pull(640);
        Device.Lose();
        Await(e => e.Value == "returned");
        float[] sound = [0, .. Device.Pull(6400)[0]];
        Assert.That(LargestStep(sound), Is.LessThan(0.015));
        Assert.That(sound.Max(), Is.GreaterThan(0.99));
    }

    [Test]
    public void What_passes_before_a_returned_device_is_connected_again_is_neither_played_nor_recorded()
    {
        Open(inputChannels: 1, outputChannels: 1);
        int source = Add("device_source", ("channels", 1));
        int sink = Add("app_sink", ("channels", 1), ("frames", 1 << 18));
        Engine.Connect(source, sink);
        Chain(Add("tone", ("freq", 30), ("channels", 1)), Add("device_sink", ("channels", 1)));
        Engine.Start();
        Device.Pull(8192, [GraphTests.Fill(8192, 0.5f)]);
        float[] unconnected = [];
        Device.Starting = () => unconnected = Device.Pull(640, [GraphTests.Fill(640, 0)])[0];
        Device.Lose();
        Await(e => e.Value == "returned");
        float[] played = Device.Pull(6400, [GraphTests.Fill(6400, 0.5f)])[0];
        Assert.That(unconnected, Has.Length.EqualTo(640).And.All.Zero);
        Assert.That(LargestStep([0, .. played]), Is.LessThan(0.015));

        FrameRingReader reader = ((IRingNode)Engine.FindNode(sink)).Ring.Reader;
        float[] recorded = new float[reader.ReadableFrames];
        reader.Read(recorded, out _);
        Assert.That(recorded[..8192].Concat(recorded[^6200..]), Is.All.EqualTo(0.5f));
        Assert.That(LargestStep(recorded), Is.LessThan(0.01));
    }

    [Test]
    public void Stopping_in_holdover_ends_the_search_for_the_device()
    {
        Open();
        Engine.Start();
        Device.Pull(64);
        Device.RefusesToOpen = true;
        Device.Lose();
        Await(e => e.Value == "holdover");
        Engine.Stop();
        int opened = Device.Opened;
        Device.RefusesToOpen = false;
        Thread.Sleep(400);
        Assert.That(Device.Opened, Is.EqualTo(opened));
        Assert.That(Engine.GetTelemetry().State, Is.EqualTo(EngineState.Stopped));
    }

    [Test]
    public void Periods_the_device_went_on_without_us_are_counted_and_reported()
    {
        Open();
        Engine.Start();
        Device.Pull(64 * 4);
        Device.DeviceFrame += 64 * 3;
        Device.Pull(64);
        EngineEvent missed = Await(e => e.Value == "missed");
        Assert.That((missed.Frames, missed.Cause), Is.EqualTo((192L, RenderCause.Device)));
        Assert.That(Engine.GetTelemetry().Missed, Is.EqualTo(3));
    }

    [Test]
    public void A_period_that_takes_too_long_is_counted_and_blamed_on_the_graph()
    {
        Open();
        Chain(Add("slow"), Add("device_sink"));
        Engine.Start();
        Device.Pull(64);
        EngineEvent overrun = Await(e => e.Value == "overrun");
        Assert.That(overrun.Microseconds, Is.GreaterThan(3000));
        Assert.That(Engine.GetTelemetry().Overruns, Is.Positive);
        Assert.That(Engine.FindNode(1).Cost.PeakNanoseconds, Is.GreaterThan(4_900_000));
    }

    [Test]
    public void An_unknown_driver_leaves_the_open_device_as_it_is()
    {
        Open();
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Engine.OpenDevice("teleport", new StreamRequest()))!;
        Assert.That((error.Kind, error.Field), Is.EqualTo((AudioErrorKind.NotFound, "driver")));
        Assert.That((Engine.Stream?.PeriodFrames, Device.State), Is.EqualTo(((int?)64, BackendState.Open)));
    }

    private static float[] Sine(int from, int frames) => [.. Enumerable.Range(from, frames).Select(i => 0.5f * MathF.Sin(i * 0.05f))];

    /// <summary>The flags of each 64 frames, and for how many frames there was a dropout.</summary>
    private static (List<FrameFlags> Flags, int Lost) ReadAll(FrameRingReader reader, float[] heard)
    {
        List<FrameFlags> flags = [];
        for (int done = 0; done < heard.Length; done += 64)
        {
            reader.Read(heard.AsSpan(done, 64), out JamAudioFrame frame);
            flags.Add(frame.Flags);
        }

        return (flags, 64 * flags.Count(f => f.HasFlag(FrameFlags.Dropout)));
    }

    private static void AwaitTrue(Func<bool> condition)
    {
        long deadline = Environment.TickCount64 + 10_000;
        while (!condition())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(deadline), "not within 10 s");
            Thread.Sleep(5);
        }
    }
}
