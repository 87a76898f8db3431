// SPDX-License-Identifier: MIT
namespace AudioMesh.Native.Tests;

/// <summary>The engine in its library, through the SDK.</summary>
internal sealed class IsolatedEngineTests : IsolatedFixture
{
    [Test]
    public async Task A_tone_is_heard_through_the_library()
    {
        await Engine.OpenDeviceAsync(Null);
        MeterHandle meter = await Engine.AddMeterAsync();
        await Engine.ConnectAsync(await Engine.AddToneAsync(440, -6), meter);
        await Engine.ConnectAsync(meter, await Engine.AddDeviceSinkAsync());
        await Engine.PlayAsync();
        await UntilAsync(async () => (await meter.GetPeakDbAsync())[0] > -6.5, "the meter shows the tone");
        EngineStats stats = await Engine.GetStatsAsync();
        Assert.That((Engine.Hosting, stats.State, stats.PeriodFrames), Is.EqualTo((EngineHosting.Isolated, "running", 64)));
    }

    [Test]
    public async Task Its_version_is_the_packages()
    {
        string version = await Engine.GetVersionAsync();
        string package = typeof(AudioMeshEngine).Assembly.GetName().Version!.ToString(3);
        Assert.That(version, Does.StartWith(package));
    }

    [Test]
    public async Task Sound_passes_the_library_bit_for_bit()
    {
        await Engine.OpenDeviceAsync(Null);
        AppSource source = await Engine.AddAppSourceAsync(new AppSourceOptions { DepthFrames = 2048 });
        AppSink sink = await Engine.AddAppSinkAsync(new AppSinkOptions { Room = Limit });
        await Engine.ConnectAsync(source, sink);
        float[] ramp = [.. Enumerable.Range(1, 4096).Select(i => i / 4096f)];
        Assert.That(source.Write(ramp), Is.EqualTo(2048));
        await Engine.PlayAsync();
        using CancellationTokenSource limit = new(Limit);
        float[] first = new float[2];
        while (first[0] == 0)
        {
            await sink.ReadAsync(first, limit.Token);
        }

        float[] rest = new float[4094];
        await sink.ReadAsync(rest, limit.Token);
        Assert.That(first.Concat(rest), Is.EqualTo(ramp));
    }

    [Test]
    public async Task Errors_carry_kind_field_and_what_is_allowed()
    {
        AudioMeshException error = (await Assert.ThrowsAsync<AudioMeshException>(() => Engine.OpenDeviceAsync(Null with { PeriodFrames = 5 })))!;
        Assert.That((error.Kind, error.Field, error.Allowed), Is.EqualTo((AudioErrorKind.InvalidArgument, "period", "0 or 16..8192")));
        error = (await Assert.ThrowsAsync<AudioMeshException>(() => Engine.PlayAsync()))!;
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.InvalidState));
        error = (await Assert.ThrowsAsync<AudioMeshException>(() => Engine.AddFileSourceAsync("/no/such/file.wav")))!;
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.NotFound));
    }

    [Test]
    public async Task Two_engines_play_at_once_and_end_apart()
    {
        await using AudioMeshEngine other = await StartAsync();
        foreach (AudioMeshEngine engine in (AudioMeshEngine[])[Engine, other])
        {
            await engine.OpenDeviceAsync(Null);
            await engine.ConnectAsync(await engine.AddToneAsync(), await engine.AddDeviceSinkAsync());
            await engine.PlayAsync();
        }

        await other.DisposeAsync();
        long before = (await Engine.GetStatsAsync()).Periods;
        await UntilAsync(async () => (await Engine.GetStatsAsync()).Periods > before + 10, "the first engine plays on");
    }

    [Test]
    public async Task It_is_disposed_twice_and_while_playing()
    {
        await Engine.OpenDeviceAsync(Null);
        await Engine.PlayAsync();
        await Engine.DisposeAsync();
        await Engine.DisposeAsync();
        Assert.That(await Assert.ThrowsAsync<ObjectDisposedException>(() => Engine.PlayAsync()), Is.Not.Null);
    }

    [Test]
    public async Task Its_events_reach_everyone_who_listens()
    {
        using CancellationTokenSource limit = new(Limit);
        Task<MeshEvent> first = FirstAsync(MeshEvents.State, limit.Token);
        Task<MeshEvent> second = FirstAsync(MeshEvents.State | MeshEvents.Stats, limit.Token);
        await Engine.OpenDeviceAsync(Null);

        // Listening begins when the engine has answered the subscription, which the listener does not tell; so it is repeated.
        while (!first.IsCompleted || !second.IsCompleted)
        {
            await Engine.PlayAsync(limit.Token);
            await Task.Delay(50, limit.Token);
            await Engine.StopAsync(limit.Token);
        }

        Assert.That(await first, Is.InstanceOf<StateEvent>());
        Assert.That(await second, Is.InstanceOf<StateEvent>().Or.InstanceOf<StatsEvent>());
    }

    [Test]
    public async Task A_reply_longer_than_the_first_buffer_arrives_whole()
    {
        for (int i = 0; i < 300; i++)
        {
            await Engine.AddGainAsync();
        }

        string reply = await Engine.RequestAsync("""{"cmd":"list"}""");
        Assert.That(reply, Has.Length.GreaterThan(16 << 10));
        using System.Text.Json.JsonDocument graph = System.Text.Json.JsonDocument.Parse(reply);
        Assert.That(graph.RootElement.GetProperty("nodes").GetArrayLength(), Is.EqualTo(300));
    }

    [Test]
    public async Task It_neither_allocates_on_its_device_thread_nor_collects_when_the_app_does()
    {
        await Engine.OpenDeviceAsync(Null);
        await Engine.ConnectAsync(await Engine.AddToneAsync(), await Engine.AddDeviceSinkAsync());
        await Engine.PlayAsync();
        int before = (await Engine.GetStatsAsync()).Collections;
        for (int i = 0; i < 50; i++)
        {
            GC.KeepAlive(new byte[1_000_000]);
            GC.Collect();
        }

        await UntilAsync(async () => (await Engine.GetStatsAsync()).Periods > 300, "300 periods");
        EngineStats stats = await Engine.GetStatsAsync();
        Assert.That((stats.AllocatedBytes, stats.Collections), Is.EqualTo((0L, before)));
    }

    [Test]
    public async Task What_the_app_does_not_write_in_time_is_predicted_without_an_allocation_on_the_device_thread()
    {
        await Engine.OpenDeviceAsync(Null);
        AppSource source = await Engine.AddAppSourceAsync(new AppSourceOptions { DepthFrames = 9600 });
        await Engine.ConnectAsync(source, await Engine.AddDeviceSinkAsync());
        float[] sine = [.. Enumerable.Range(0, 2 * 9600).Select(i => 0.5f * MathF.Sin(i / 2 * 0.05f))];
        Assert.That(source.Write(sine), Is.EqualTo(9600));
        await Engine.PlayAsync();
        await UntilAsync(async () => (await Engine.GetStatsAsync()).UnderrunFrames > 9600, "a gap of 200 ms");
        EngineStats stats = await Engine.GetStatsAsync();
        Assert.That((stats.Underruns, stats.PredictedFrames, stats.AllocatedBytes), Is.EqualTo((1L, 5760L, 0L)));
    }

    [Test]
    public async Task It_knows_the_node_that_renders_on_a_gpu_or_where_there_is_none_on_the_processor()
    {
        await Engine.OpenDeviceAsync(Null);
        int matrix = IdOf(await Engine.RequestAsync("""{"cmd":"create_node","type":"gpu_matrix","args":{"inputs":2,"channels":1,"gains":"0.5,0"}}"""));
        MeterHandle meter = await Engine.AddMeterAsync(channels: 1);
        ToneHandle tone = await Engine.AddToneAsync(440, 0);
        await Engine.RequestAsync($$"""{"cmd":"connect","from":{{tone.Id}},"to":{{matrix}}}""");
        await Engine.RequestAsync($$"""{"cmd":"connect","from":{{matrix}},"to":{{meter.Id}}}""");
        await Engine.ConnectAsync(meter, await Engine.AddDeviceSinkAsync());
        await Engine.PlayAsync();
        await UntilAsync(async () => Math.Abs((await meter.GetPeakDbAsync())[0] + 6) < 0.5, "half the tone");
    }

    [Test]
    public async Task A_hundred_commits_of_a_large_graph_make_it_collect_at_most_once()
    {
        await Engine.OpenDeviceAsync(Null);
        await Engine.PlayAsync();
        int before = (await Engine.GetStatsAsync()).Collections;
        for (int i = 0; i < 100; i++)
        {
            await Engine.AddGainAsync(channels: 16);
        }

        Assert.That((await Engine.GetStatsAsync()).Collections - before, Is.LessThanOrEqualTo(1));
    }

    private static int IdOf(string reply)
    {
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(reply);
        return document.RootElement.GetProperty("id").GetInt32();
    }

    private async Task<MeshEvent> FirstAsync(MeshEvents families, CancellationToken cancellation)
    {
        await foreach (MeshEvent meshEvent in Engine.EventsAsync(families, cancellation))
        {
            return meshEvent;
        }

        throw new AssertionException("The events ended.");
    }
}
