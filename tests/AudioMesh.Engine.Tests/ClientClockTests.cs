// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

internal sealed class ClientClockTests
{
    [Test]
    public async Task An_app_with_a_clock_has_room_beyond_the_depth_and_is_followed([Values] bool isRemote)
    {
        using TemporaryFolder folder = new();
        using AudioEngine served = new();
        await using ControlServer server = new(served, folder.PathOf("engine.sock"));
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(
            isRemote ? new EngineOptions { Socket = folder.PathOf("engine.sock") } : new EngineOptions { Hosting = EngineHosting.Managed });
        AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { DepthFrames = 1024, Rate = 44100, FollowsClock = true });
        AppSink sink = await engine.AddAppSinkAsync(new AppSinkOptions { Rate = 44100, FollowsClock = true });
        Assert.That((source.DepthFrames, source.WritableFrames), Is.EqualTo((1024, 2048)));
        foreach (MeshNode node in new MeshNode[] { source, sink })
        {
            using JsonDocument reply = JsonDocument.Parse(await engine.RequestAsync($$"""{"cmd":"get","id":{{node.Id}}}"""));
            JsonElement arguments = reply.RootElement.GetProperty("args");
            Assert.That((arguments.GetProperty("drift").GetString(), arguments.GetProperty("rate").GetInt32()), Is.EqualTo(("auto", 44100)));
        }
    }

    [Test]
    public async Task An_app_without_one_fills_its_ring_to_the_depth()
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Managed });
        AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { DepthFrames = 1000, Rate = 44100 });
        Assert.That((source.DepthFrames, source.WritableFrames), Is.EqualTo((1000, 1000)));
    }
}
