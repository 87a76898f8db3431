// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Tests;

/// <summary><c>audiomesh impair</c> in front of an echo, on the loopback.</summary>
[Platform("Linux,MacOsX")]
internal sealed class ImpairTests
{
    private const int Packets = 300;
    private const int Bytes = 64;

    [Test]
    public void What_comes_back_is_exactly_what_the_seeds_let_through()
    {
        using Socket echo = Open();
        using Socket client = Open();
        using CliProcess relay = Cli.StartUntil(
            "\"event\":\"started\"", "impair", "--listen", "127.0.0.1:0", "--to", $"{echo.LocalEndPoint}", "--loss", "20", "--burst", "2", "--seed", "5", "--json");
        IPEndPoint listen = IPEndPoint.Parse(JsonDocument.Parse(relay.Output.Trim()).RootElement.GetProperty("listen").GetString()!);
        (bool[] lostThere, bool[] lostBack) = (Planned(5, 2 * Packets), Planned(6, 2 * Packets));
        int echoed = 0;
        int sent = 0;

        // The last one comes back, so all others have been decided on by then.
        for (bool isBack = false; sent < Packets || !isBack; sent++)
        {
            client.SendTo(new byte[Bytes], listen);
            isBack = !lostThere[sent] && !lostBack[echoed];
            if (!lostThere[sent])
            {
                Echo(echo);
                echoed++;
            }

            if (isBack)
            {
                Assert.That(client.Receive(new byte[Bytes]), Is.EqualTo(Bytes));
            }
        }

        CliResult result = relay.End("TERM");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        JsonElement finished = Cli.Lines(result)[^1];
        Assert.That(Figures(finished, "there"), Is.EqualTo((sent, echoed)));
        Assert.That(Figures(finished, "back"), Is.EqualTo((echoed, lostBack.Take(echoed).Count(lost => !lost))));
        Assert.That(finished.GetProperty("end").GetString(), Is.EqualTo("interrupted"));
    }

    [Test]
    public void It_ends_after_its_seconds_with_a_summary()
    {
        CliResult result = Cli.Run("impair", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:9", "--preset", "wifi", "--seconds", "0.2");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.StartWith("Relaying 127.0.0.1:").And.Contain("Relayed for 0 clients: there 0 of 0 packets (0.0 % lost)"));
    }

    [Test]
    public void A_port_that_is_taken_is_named()
    {
        using Socket taken = Open();
        CliResult result = Cli.Run("impair", "--listen", $"{taken.LocalEndPoint}", "--to", "127.0.0.1:9", "--seconds", "1");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.Contain($"Cannot listen on {taken.LocalEndPoint}"));
    }

    private static Socket Open()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static void Echo(Socket echo)
    {
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        byte[] datagram = new byte[Bytes];
        echo.ReceiveFrom(datagram, ref from);
        echo.SendTo(datagram, from);
    }

    private static bool[] Planned(ulong seed, int packets)
    {
        ImpairmentModel model = new(new ImpairmentOptions { Loss = GilbertElliott.Of(0.2, 2) }, seed, default);
        return [.. Enumerable.Range(0, packets).Select(i => !model.Next(new MeshTime(i), Bytes).IsDelivered)];
    }

    private static (int Packets, int Delivered) Figures(JsonElement line, string direction) =>
        (line.GetProperty(direction).GetProperty("packets").GetInt32(), line.GetProperty(direction).GetProperty("delivered").GetInt32());
}
