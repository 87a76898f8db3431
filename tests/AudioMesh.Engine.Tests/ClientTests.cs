// SPDX-License-Identifier: MIT
using AudioMesh.Control;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>The SDK through the doors that need no native library: managed, and another process's socket.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class ClientTests
{
    private static DeviceOptions Null => new() { Driver = "null", PeriodFrames = 64, Rate = 48000 };

    [Test]
    public async Task Ten_lines_make_sound()
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Managed });
        await engine.OpenDeviceAsync(Null);
        ToneHandle tone = await engine.AddToneAsync(440);
        MeterHandle meter = await engine.AddMeterAsync();
        await engine.ConnectAsync(tone, meter);
        await engine.ConnectAsync(meter, await engine.AddDeviceSinkAsync());
        await engine.PlayAsync();
        await UntilAsync(async () => (await meter.GetPeakDbAsync())[0] > -12.5);
        EngineStats stats = await engine.GetStatsAsync();
        Assert.That((stats.State, stats.Rate, stats.PeriodFrames), Is.EqualTo(("running", 48000, 64)));
    }

    [Test]
    public async Task An_app_source_plays_all_that_is_written_and_reports_its_end()
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Managed });
        await engine.OpenDeviceAsync(Null);
        AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { Depth = TimeSpan.FromMilliseconds(50) });
        await engine.ConnectAsync(source, await engine.AddDeviceSinkAsync());
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        Task<MeshEvent> ended = FirstAsync(engine, MeshEvents.Node, limit.Token);
        await engine.PlayAsync();
        await source.WriteAsync(new float[2 * 9600]);
        await source.DrainAsync();
        Assert.That(await ended, Is.InstanceOf<NodeEvent>().With.Property("Value").EqualTo("ended"));
    }

    [Test]
    public async Task An_engine_in_another_process_is_joined_by_its_socket_with_the_same_calls()
    {
        using TemporaryFolder folder = new();
        using AudioEngine served = new();
        await using ControlServer server = new(served, folder.PathOf("engine.sock"));
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Socket = folder.PathOf("engine.sock") });
        Assert.That(engine.Hosting, Is.EqualTo(EngineHosting.Remote));
        await engine.OpenDeviceAsync(Null);
        AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { DepthFrames = 2048 });
        AppSink sink = await engine.AddAppSinkAsync();
        await engine.ConnectAsync(source, sink);
        float[] ramp = [.. Enumerable.Range(1, 4096).Select(i => i / 4096f)];
        Assert.That(source.Write(ramp), Is.EqualTo(2048));
        await engine.PlayAsync();
        float[] read = new float[2];
        while (read[0] == 0)
        {
            await sink.ReadAsync(read);
        }

        float[] rest = new float[4094];
        await sink.ReadAsync(rest);
        Assert.That(read.Concat(rest), Is.EqualTo(ramp));
    }

    [Test]
    public async Task Nobody_at_the_socket_is_a_clear_error()
    {
        AudioMeshException? error = await Assert.ThrowsAsync<AudioMeshException>(
            () => AudioMeshEngine.StartAsync(new EngineOptions { Socket = "/tmp/no-such-engine.sock" }));
        Assert.That(error!.Kind, Is.EqualTo(AudioErrorKind.DeviceUnavailable));
        Assert.That(error.Message, Does.Contain("/tmp/no-such-engine.sock"));
    }

    [Test]
    public async Task Errors_arrive_with_kind_field_and_what_is_allowed()
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Managed });
        AudioMeshException? error = await Assert.ThrowsAsync<AudioMeshException>(
            () => engine.OpenDeviceAsync(new DeviceOptions { Driver = "null", PeriodFrames = 5 }));
        Assert.That((error!.Kind, error.Field, error.Allowed), Is.EqualTo((AudioErrorKind.InvalidArgument, "period", "0 or 16..8192")));
    }

    private static async Task<MeshEvent> FirstAsync(AudioMeshEngine engine, MeshEvents families, CancellationToken cancellation)
    {
        await foreach (MeshEvent meshEvent in engine.EventsAsync(families, cancellation))
        {
            return meshEvent;
        }

        throw new AssertionException("The events ended.");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 500; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(10);
        }

        throw new AssertionException("Not within 5 s.");
    }
}
