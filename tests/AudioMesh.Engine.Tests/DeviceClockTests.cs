// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Json;
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Control;

namespace AudioMesh.Engine.Tests;

/// <summary>The device's clock as the engine measures it.</summary>
internal sealed class DeviceClockTests : EngineFixture
{
    [Test]
    public void Without_a_device_there_is_no_rate_and_nothing_is_sure()
    {
        ClockReport clock = Engine.GetClock();
        Assert.That((clock.NominalRate, clock.IsLocked, double.IsNaN(clock.ErrorNs)), Is.EqualTo((0, false, true)));
        Assert.That(Ask(Engine), Does.Contain("\"ppm_error\":null").And.Contain("\"error_ns\":null"));
    }

    [Test]
    public void A_device_that_freewheels_has_no_clock()
    {
        Open();
        Device.Freewheels = true;
        Engine.Start();
        Device.Pull(6400);
        Assert.That(() => Engine.GetClock().IsLocked, Is.False.After(300));
    }

    [Test]
    public void The_clock_of_a_device_that_runs_is_known_to_less_than_a_period_and_its_rate_within_the_bound_it_states()
    {
        using AudioEngine engine = Run();
        ClockReport clock = AwaitLock(engine);
        Assert.That(clock.ErrorNs, Is.LessThan(1e9 * 480 / 48000));

        // A null device's clock is mesh time itself.
        Assert.That(Math.Abs(clock.Ppm), Is.LessThanOrEqualTo(clock.PpmError));
        Assert.That(clock.Rate, Is.EqualTo(48000 * (1 + (clock.Ppm * 1e-6))).Within(1e-6));
    }

    [Test]
    public void The_frame_that_leaves_the_device_is_where_the_played_point_says()
    {
        using AudioEngine engine = Run();
        AwaitLock(engine);
        MeshTime before = MeshClock.Now;
        ClockReport clock = engine.GetClock();
        PlayedPoint placed = engine.GetTelemetry().Placement;
        double expected = (placed.OutputTime - clock.Mesh) * 48000 / 1e9;
        Assert.That(placed.Position.Value - clock.Frame.Value, Is.EqualTo(expected).Within(2), "frames from the one that leaves now to the last one rendered");
        Assert.That(Math.Abs(clock.Mesh - before), Is.LessThan(1_000_000_000));
    }

    [Test]
    public void Frames_go_on_with_time()
    {
        using AudioEngine engine = Run();
        ClockReport first = AwaitLock(engine);
        Thread.Sleep(200);
        ClockReport second = engine.GetClock();
        double frames = (second.Mesh - first.Mesh) * 48000 / 1e9;
        Assert.That(second.Frame.Value - first.Frame.Value, Is.EqualTo(frames).Within(480 + (frames * 1e-3)));
        Assert.That(second.SystemNs - first.SystemNs, Is.EqualTo(second.Mesh - first.Mesh).Within(50_000_000));
    }

    [Test]
    public async Task The_client_hears_the_clock_once_a_second_and_tells_when_a_frame_is_heard()
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Managed });
        await engine.OpenDeviceAsync(new DeviceOptions { Driver = "null", PeriodFrames = 480, Rate = 48000 });
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        await engine.PlayAsync();
        await foreach (MeshEvent meshEvent in engine.EventsAsync(MeshEvents.Clock, limit.Token))
        {
            DeviceClockInfo clock = ((ClockEvent)meshEvent).Clock;
            Assert.That(clock.NominalRate, Is.EqualTo(48000));
            Assert.That(clock.TimeOf(clock.Frame), Is.EqualTo(clock.MeshTime));
            Assert.That(clock.TimeOf(clock.Frame + 48000) - clock.MeshTime, Is.EqualTo(1_000_000_000).Within(100_000));
            break;
        }

        Assert.That((await engine.GetClockAsync()).Frame, Is.Positive);
    }

    private static AudioEngine Run()
    {
        AudioEngine engine = new();
        engine.OpenDevice("null", new StreamRequest { Rate = 48000, PeriodFrames = 480 });
        engine.Start();
        return engine;
    }

    private static ClockReport AwaitLock(AudioEngine engine)
    {
        for (int i = 0; i < 1000 && !engine.GetClock().IsLocked; i++)
        {
            Thread.Sleep(10);
        }

        ClockReport clock = engine.GetClock();
        Assert.That(clock.IsLocked, Is.True, $"after 10 s {clock}");
        return clock;
    }

    private static string Ask(AudioEngine engine)
    {
        using ControlSession session = new(engine);
        ArrayBufferWriter<byte> reply = new();
        session.Handle("""{"cmd":"clock"}"""u8.ToArray(), reply);
        using JsonDocument document = JsonDocument.Parse(reply.WrittenMemory);
        return Encoding.UTF8.GetString(reply.WrittenSpan);
    }
}
