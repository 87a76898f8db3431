// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AudioMesh.Network.Bus;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>A client that has the key and speaks NATS, but not the bus' language.</summary>
[NonParallelizable]
internal sealed class NatsHostileTests
{
    [Test]
    public void What_is_no_message_of_the_bus_is_counted_and_changes_nothing()
    {
        using NatsServer server = new();
        using NatsBus bus = new(new NatsBusOptions { Name = "anna", Mesh = "test", Servers = [server.Url], Token = NatsServer.Token });
        int heard = 0;
        bus.Subscribe(">", (in BusMessage _) => heard++);
        bus.Serve("ask", (in BusMessage _) => []);
        IBusTable table = bus.Table("t");
        table.Put("k", "v"u8);
        Until(() => table.Pending == 0);
        ulong digest = table.Digest;
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, server.Port);
        NetworkStream stream = client.GetStream();
        Send(stream, $"CONNECT {{\"auth_token\":\"{NatsServer.Token}\",\"verbose\":false}}\r\n", []);
        RepeatableRandom random = new(6);
        string[] subjects = ["am.test.m.x", "am.test.r.ask", "am.test.p", "am.test.t", "$SRV.PING", "$KV.am_test_t.k", "$KV.am_test_t.other"];
        for (int i = 0; i < 5000; i++)
        {
            byte[] payload = new byte[random.Next(90)];
            random.Fill(payload);
            if (payload.Length > 2 && random.Next(2) == 0)
            {
                (payload[0], payload[1]) = (random.Next(3) == 0 ? (byte)1 : payload[0], (byte)random.Next(8));
            }

            string subject = subjects[random.Next(subjects.Length)];
            Send(stream, $"PUB {subject} {(random.Next(2) == 0 ? "reply.to " : "")}{payload.Length.ToString(CultureInfo.InvariantCulture)}\r\n", payload);
        }

        Send(stream, "PUB am.test.m.x 70000\r\n", new byte[70_000]);
        bus.Publish("end", []);
        Until(() => heard > 0 && bus.Statistics.Refused > 1000);
        Thread.Sleep(500);
        Assert.That(table.Entries.All(entry => entry.Key is "k" || entry.Value.Length <= BusLimits.ValueBytes));
        Assert.That(table.TryGet("k", out BusEntry? kept) && kept.Value.Span.SequenceEqual("v"u8), "what is no entry holds nowhere");
        Assert.That((bus.Statistics.Faults, bus.IsConnected), Is.EqualTo((0L, true)));

        // What the stream holds is read anew, found to be none, and written again.
        using NatsBus late = new(new NatsBusOptions { Name = "late", Mesh = "test", Servers = [server.Url], Token = NatsServer.Token });
        Until(() => late.Table("t").Digest == digest);
    }

    [Test]
    public void Who_has_not_the_key_reaches_nobody([Values("", "another-token")] string token)
    {
        using NatsServer server = new();
        using NatsBus bus = new(new NatsBusOptions { Name = "anna", Mesh = "test", Servers = [server.Url], Token = NatsServer.Token });
        List<string> heard = [];
        bus.Subscribe(">", (in BusMessage message) => heard.Add(message.From));
        byte[] message = [1, 1, (byte)'x', 0x80, 0, 0, 0, 0, 0, 0, 0];
        using RawNats stranger = new(server, token);
        try
        {
            for (int i = 0; i < 20; i++)
            {
                stranger.Publish("am.test.m.x", message);
                Thread.Sleep(5);
            }
        }
        catch (IOException)
        {
            // The server closes at once.
        }

        Thread.Sleep(100);
        Assert.That(heard, Is.Empty);
        using RawNats member = new(server);
        Until(() =>
        {
            member.Publish("am.test.m.x", message);
            Thread.Sleep(20);
            return heard.Count > 0;
        });
        Assert.That(heard, Is.All.EqualTo("x"), "with it the same message is taken");
    }

    private static void Send(NetworkStream stream, string line, byte[] payload)
    {
        stream.Write(Encoding.ASCII.GetBytes(line));
        if (line.StartsWith("PUB", StringComparison.Ordinal))
        {
            stream.Write(payload);
            stream.Write("\r\n"u8);
        }
    }

    private static void Until(Func<bool> holds)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(120_000));
            Thread.Sleep(5);
        }
    }
}
