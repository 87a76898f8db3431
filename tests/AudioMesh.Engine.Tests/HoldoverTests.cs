// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Graph;

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
