// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>What a daemon tells those who operate it.</summary>
[Platform("Linux")]
internal sealed class TelemetryTests
{
    private static readonly string[] Names =
    [
        "audiomesh.render.load", "audiomesh.render.load.max", "audiomesh.render.time", "audiomesh.device.lateness", "audiomesh.device.periods",
        "audiomesh.device.running", "audiomesh.xruns", "audiomesh.gap.frames", "audiomesh.events.dropped", "audiomesh.nodes", "audiomesh.nodes.bypassed", "audiomesh.clients",
        "audiomesh.requests", "audiomesh.device_thread.allocated", "audiomesh.gc.collections", "dotnet.gc.collections",
    ];

    [Test]
    public async Task Metrics_reach_a_collector_by_OTLP_over_HTTP()
    {
        using TemporaryFolder folder = new();
        using HttpListener collector = new();
        int port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        using DaemonProcess daemon = DaemonProcess.Run(
            folder.FullPath, $"[device]\nbackend = \"null\"\n[telemetry]\nendpoint = \"http://127.0.0.1:{port}\"\ninterval_s = 1\n");
        HttpListenerContext export = await collector.GetContextAsync().WaitAsync(TimeSpan.FromMinutes(1));
        using MemoryStream body = new();
        await export.Request.InputStream.CopyToAsync(body);
        export.Response.Close();
        Assert.That(export.Request.Url!.AbsolutePath, Is.EqualTo("/v1/metrics"));

        // Names are plain text in protobuf.
        string text = Encoding.Latin1.GetString(body.ToArray());
        Assert.Multiple(() =>
        {
            foreach (string name in Names)
            {
                Assert.That(text, Does.Contain(name));
            }
        });
        daemon.Signal("TERM");
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
    }

    [Test]
    public void The_docs_list_every_metric()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "daemon.md"));
        Assert.Multiple(() =>
        {
            foreach (string name in Names.Where(name => name.StartsWith("audiomesh", StringComparison.Ordinal)))
            {
                Assert.That(page, Does.Contain($"`{name}`"));
            }
        });
    }

    [Test]
    public void A_collector_that_is_not_there_keeps_nothing_from_ending()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(
            folder.FullPath, $"[device]\nbackend = \"null\"\n[telemetry]\nendpoint = \"http://127.0.0.1:{FreePort()}\"\ninterval_s = 1\n");
        daemon.Signal("TERM");
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
    }

    [Test]
    public void Logs_in_JSON_are_an_object_a_line_with_named_fields()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, "[device]\nbackend = \"null\"\n[log]\nformat = \"json\"\n");
        daemon.Signal("TERM");
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
        JsonElement[] lines = [.. daemon.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement playing = lines.Single(line => line.GetProperty("EventId").GetInt32() == 2);
        Assert.Multiple(() =>
        {
            Assert.That(playing.GetProperty("State").GetProperty("Period").GetInt32(), Is.EqualTo(128));
            Assert.That(playing.GetProperty("LogLevel").GetString(), Is.EqualTo("Information"));
            Assert.That(lines.All(line => line.TryGetProperty("Timestamp", out _)));
        });
    }

    [Test]
    public void Logs_for_systemd_begin_with_their_priority()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, "[device]\nbackend = \"null\"\n[log]\nformat = \"systemd\"\n");
        Assert.That(daemon.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.All.StartsWith("<6>audiomixerd["));
    }

    [Test]
    public void A_level_leaves_out_what_is_below_it()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Begin(
            folder.FullPath, DaemonBinary.StartInfo("--backend", "null", "--socket", DaemonProcess.SocketIn(folder.FullPath), "--log-level", "error"));
        using RawClient client = RawClient.WhenThere(daemon.Socket);
        client.Get("""{"cmd":"ping"}""");
        client.Get("""{"cmd":"quit"}""");
        Assert.That(daemon.End(), Is.Zero);
        Assert.That(daemon.Said, Is.Empty);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
