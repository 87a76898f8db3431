// SPDX-License-Identifier: MIT
using AudioMesh.Control;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>The SDK through a daemon.</summary>
internal sealed class RemoteEngineTests : ServerFixture
{
    private static DeviceOptions Null => new() { Driver = "null", PeriodFrames = 64, Rate = 48000 };

    [Test]
    public async Task The_daemon_is_joined_by_one_option()
    {
        string? before = Environment.GetEnvironmentVariable(ControlSocketPath.Variable);
        Environment.SetEnvironmentVariable(ControlSocketPath.Variable, SocketPath);
        try
        {
            await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Remote });
            Assert.That(engine.Hosting, Is.EqualTo(EngineHosting.Remote));
        }
        finally
        {
            Environment.SetEnvironmentVariable(ControlSocketPath.Variable, before);
        }
    }

    [Test]
    public async Task Rings_of_an_app_come_and_go_by_descriptor_and_leave_none()
    {
        await using AudioMeshEngine engine = await Join();
        await engine.OpenDeviceAsync(Null);
        await Round();
        int before = DescriptorCount();
        for (int i = 0; i < 10; i++)
        {
            await Round();
        }

        Assert.That(DescriptorCount(), Is.EqualTo(before));

        async Task Round()
        {
            AppSource source = await engine.AddAppSourceAsync();
            AppSink sink = await engine.AddAppSinkAsync();
            Assert.That(source.Write(new float[128]), Is.EqualTo(64));
            await source.RemoveAsync();
            await sink.RemoveAsync();
        }
    }

    [Test]
    public async Task Who_is_refused_is_told_why()
    {
        Server.Update(As(ClientRole.None));
        Assert.That((await Refused()).Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
        Server.Update(As(ClientRole.Play, new ClientQuotas { Connections = 0 }));
        AudioMeshException full = await Refused();
        Assert.That((full.Kind, full.Field), Is.EqualTo((AudioErrorKind.QuotaExceeded, "connections")));
    }

    [Test]
    public async Task A_role_and_a_share_are_errors_with_field_and_what_is_allowed()
    {
        Server.Update(As(ClientRole.Play, new ClientQuotas { Nodes = 1 }));
        await using AudioMeshEngine engine = await Join();
        AudioMeshException denied = await Thrown(() => engine.PlayAsync());
        Assert.That((denied.Kind, denied.Field, denied.Allowed), Is.EqualTo((AudioErrorKind.PermissionDenied, "cmd", "role admin")));
        await engine.AddGainAsync();
        AudioMeshException quota = await Thrown(() => engine.AddGainAsync());
        Assert.That((quota.Kind, quota.Field, quota.Allowed), Is.EqualTo((AudioErrorKind.QuotaExceeded, "nodes", "1")));
    }

    [Test]
    public async Task A_daemon_that_ends_ends_events_and_names_itself_in_every_error_after()
    {
        await using AudioMeshEngine engine = await Join();
        Task<int> events = CountAsync(engine);
        await engine.AddGainAsync();
        await Server.DisposeAsync();
        AudioMeshException lost = await Thrown(() => engine.AddGainAsync());
        Assert.That(lost.Kind, Is.EqualTo(AudioErrorKind.DeviceLost));
        Assert.That(lost.Message, Does.Contain(SocketPath));
        Assert.That(await events, Is.Zero);
        Assert.That((await Refused()).Kind, Is.EqualTo(AudioErrorKind.DeviceUnavailable));
    }

    [Test]
    public async Task An_app_that_listens_slowly_is_told_how_many_events_it_lost()
    {
        const int Changes = 3000;
        Server.Update(As(ClientRole.Admin, new ClientQuotas { RequestsPerSecond = 0 }));
        await using AudioMeshEngine engine = await Join();
        await using IAsyncEnumerator<MeshEvent> events = engine.EventsAsync(MeshEvents.Device).GetAsyncEnumerator();
        ValueTask<bool> next = events.MoveNextAsync();
        await engine.RequestAsync("""{"cmd":"subscribe","events":["device"]}""");
        for (int i = 0; i < Changes; i++)
        {
            await engine.OpenDeviceAsync(Null);
        }

        long seen = 0;
        long lost = 0;
        while (seen + lost < Changes && await next)
        {
            lost += events.Current is DroppedEvent dropped ? dropped.Count : 0;
            seen += events.Current is DroppedEvent ? 0 : 1;
            next = seen + lost < Changes ? events.MoveNextAsync() : default;
        }

        Assert.That((seen + lost, lost > 0), Is.EqualTo((Changes, true)));
    }

    [Test]
    public async Task What_an_app_made_goes_when_it_leaves()
    {
        AudioMeshEngine engine = await Join();
        await engine.AddToneAsync();
        await engine.AddAppSourceAsync();
        Assert.That(Engine.GetGraph().Nodes, Has.Count.EqualTo(2));
        await engine.DisposeAsync();
        Until(() => Engine.GetGraph().Nodes.Count == 0, "nodes are left");
    }

    [Test]
    public async Task Many_apps_play_and_ask_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            await using AudioMeshEngine engine = await Join();
            AppSource source = await engine.AddAppSourceAsync();
            MeshNode mixer = await engine.AddMixerAsync();
            await engine.ConnectAsync(source, mixer);
            for (int i = 0; i < 20; i++)
            {
                Assert.That((await engine.GetStatsAsync()).State, Is.EqualTo("stopped"));
            }
        })));
        Until(() => Engine.GetGraph().Nodes.Count == 0, "nodes are left");
    }

    private static async Task<int> CountAsync(AudioMeshEngine engine)
    {
        int count = 0;
        await foreach (MeshEvent _ in engine.EventsAsync())
        {
            count++;
        }

        return count;
    }

    private Task<AudioMeshEngine> Join() => AudioMeshEngine.StartAsync(new EngineOptions { Socket = SocketPath });

    private Task<AudioMeshException> Refused() => Thrown(Join);

    private static async Task<AudioMeshException> Thrown(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (AudioMeshException error)
        {
            return error;
        }

        throw new AssertionException("nothing was thrown");
    }
}
