// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Native.Tests;

/// <summary>The nodes of a session in the library: sockets, keys and ciphers of its own runtime.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class IsolatedSessionTests : IsolatedFixture
{
    [Test]
    public async Task What_a_sink_sends_a_source_plays_encrypted_and_without_an_allocation_on_the_device_thread()
    {
        using TemporaryFolder folder = new();
        string key = folder.PathOf("key");
        File.WriteAllBytes(key, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Engine.OpenDeviceAsync(Null);
        ToneHandle tone = await Engine.AddToneAsync(440, 0);
        JsonElement sink = await CreateAsync("toast_sink", key, "anna", "");
        string address = (await GetAsync(sink)).GetProperty("address").GetString()!;
        JsonElement source = await CreateAsync("toast_source", key, "bert", address);
        MeterHandle meter = await Engine.AddMeterAsync();
        await AskAsync($$"""{"cmd":"connect","from":{{tone.Id}},"to":{{sink}} }""");
        await AskAsync($$"""{"cmd":"connect","from":{{source}},"to":{{meter.Id}} }""");
        await Engine.ConnectAsync(meter, await Engine.AddDeviceSinkAsync());
        await Engine.PlayAsync();
        await UntilAsync(async () => Math.Abs((await meter.GetPeakDbAsync())[0]) < 0.5, "the tone");
        JsonElement figures = await GetAsync(source);
        Assert.That((figures.GetProperty("peer").GetString(), figures.GetProperty("stream").GetString()), Is.EqualTo(("anna", "main")));
        Assert.That((await Engine.GetStatsAsync()).AllocatedBytes, Is.Zero);
        await AskAsync($$"""{"cmd":"destroy_node","id":{{sink}} }""");
        await UntilAsync(async () => (await GetAsync(source)).GetProperty("peers").GetInt32() == 0, "anna has left");
    }

    [Test]
    public async Task A_key_file_that_is_not_there_is_named()
    {
        string reply = await Engine.RequestAsync(
            """{"cmd":"create_node","type":"toast_source","args":{"name":"a","session":"s","key_file":"/no/such.key","listen":"127.0.0.1:0"}}""");
        Assert.That(reply, Does.Contain("\"file_unreadable\"").And.Contain("/no/such.key"));
    }

    private async Task<JsonElement> CreateAsync(string type, string key, string name, string contacts)
    {
        JsonElement reply = await AskAsync(
            $$$"""{"cmd":"create_node","type":"{{{type}}}","args":{"name":"{{{name}}}","session":"s","key_file":"{{{key}}}","listen":"127.0.0.1:0","contacts":"{{{contacts}}}"}}""");
        return reply.GetProperty("id");
    }

    private async Task<JsonElement> GetAsync(JsonElement node) => (await AskAsync($$"""{"cmd":"get","id":{{node}} }""")).GetProperty("args");

    private async Task<JsonElement> AskAsync(string request)
    {
        using JsonDocument reply = JsonDocument.Parse(await Engine.RequestAsync(request));
        Assert.That(reply.RootElement.GetProperty("ok").GetBoolean(), $"{request}: {reply.RootElement}");
        return reply.RootElement.Clone();
    }
}
