// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>Under a service manager: what it is told, and the socket that it hands over.</summary>
[Platform("Linux")]
internal sealed class ServiceTests
{
    private const int PatienceMs = 60_000;

    [Test]
    public void It_tells_that_it_is_ready_alive_reloading_and_stopping()
    {
        using TemporaryFolder folder = new();
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(folder.PathOf("notify")));
        manager.ReceiveTimeout = PatienceMs;
        string config = folder.PathOf("audiomixerd.toml");
        File.WriteAllText(config, "[device]\nbackend = \"null\"\n");
        ProcessStartInfo start = DaemonBinary.StartInfo("--config", config, "--socket", DaemonProcess.SocketIn(folder.FullPath));
        start.Environment["NOTIFY_SOCKET"] = folder.PathOf("notify");
        start.Environment["WATCHDOG_USEC"] = "300000";
        start.Environment.Remove("WATCHDOG_PID");
        using DaemonProcess daemon = DaemonProcess.Begin(folder.FullPath, start);
        Assert.That(Next(manager), Does.StartWith("READY=1\nSTATUS="));
        Assert.That(Next(manager), Is.EqualTo("WATCHDOG=1"));
        daemon.Signal("HUP");
        string reloading = NextButAlive(manager);
        Assert.That(reloading, Does.Match("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$"));
        Assert.That(NextButAlive(manager), Does.StartWith("READY=1"));
        daemon.Signal("TERM");
        Assert.That(NextButAlive(manager), Is.EqualTo("STOPPING=1"));
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
    }

    [Test]
    public void A_socket_that_is_handed_over_is_listened_at_and_left_there()
    {
        if (!File.Exists("/usr/bin/systemd-socket-activate"))
        {
            Assert.Ignore("systemd-socket-activate is not installed (Debian: systemd).");
        }

        using TemporaryFolder folder = new();
        string socket = DaemonProcess.SocketIn(folder.FullPath);
        ProcessStartInfo start = new("systemd-socket-activate", ["-l", socket, .. DaemonBinary.Words, "--backend", "null", "--log-level", "information"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using DaemonProcess daemon = DaemonProcess.Begin(folder.FullPath, start);
        Assert.That(SpinWait.SpinUntil(() => File.Exists(socket), PatienceMs), daemon.Said);
        using (RawClient client = new(socket))
        {
            client.Get("""{"cmd":"ping"}""");
        }

        daemon.WaitFor("listens at the service manager's socket");
        daemon.Signal("TERM");
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
        Assert.That(File.Exists(socket), "It is the service manager's, and stays.");
    }

    [Test]
    public void A_manager_that_is_not_there_keeps_nothing_from_running()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = DaemonBinary.StartInfo("--backend", "null", "--socket", DaemonProcess.SocketIn(folder.FullPath));
        start.Environment["NOTIFY_SOCKET"] = folder.PathOf("nobody");
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, start);
        using RawClient client = new(daemon.Socket);
        client.Get("""{"cmd":"ping"}""");
    }

    private static string NextButAlive(Socket manager)
    {
        string next;
        do
        {
            next = Next(manager);
        }
        while (next == "WATCHDOG=1");

        return next;
    }

    private static string Next(Socket manager)
    {
        byte[] datagram = new byte[4096];
        return Encoding.UTF8.GetString(datagram, 0, manager.Receive(datagram));
    }
}
