// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>Clients that do not read, never end, or send anything: nobody else notices, and nothing of them is left.</summary>
internal sealed class HostileClientTests : ServerFixture
{
    private const string Ping = """{"cmd":"ping"}""";
    private const int DefaultFuzzLines = 200_000;

    private static readonly string[] Seeds =
    [
        """{"cmd":"ping","tag":"a"}""",
        """{"cmd":"create_node","type":"gain","args":{"db":-6.0,"channels":2},"tag":1}""",
        """{"cmd":"create_node","type":"tone","name":"t","args":{"freq":440,"wave":"saw"},"public":true}""",
        """{"cmd":"create_node","type":"app_source","args":{"frames":64,"channels":1,"rate":48000}}""",
        """{"cmd":"create_node","type":"app_sink","args":{"frames":64,"memfd":3}}""",
        """{"cmd":"connect","from":1,"to":2}""",
        """{"cmd":"disconnect","from":"t","to":2}""",
        """{"cmd":"destroy_node","id":1}""",
        """{"cmd":"set","id":1,"args":{"freq":1e308}}""",
        """{"cmd":"get","id":"t"}""",
        """{"cmd":"list"}""",
        """{"cmd":"graph"}""",
        """{"cmd":"clients"}""",
        """{"cmd":"describe","type":"tone"}""",
        """{"cmd":"subscribe","events":["xrun","stats","state"]}""",
        """{"cmd":"batch","requests":[{"cmd":"create_node","type":"mixer","name":"m"},{"cmd":"destroy_node","id":"m"}]}""",
        """{"cmd":"apply","graph":{"nodes":[{"name":"a","type":"tone"},{"name":"b","type":"mixer"}],"connections":[{"from":"a","to":"b"}]}}""",
    ];

    protected override ControlServerOptions Options => As(ClientRole.Admin, new ClientQuotas { RequestsPerSecond = 0 });

    [Test]
    public async Task A_client_that_never_reads_keeps_nobody_waiting_and_gets_all_its_replies_later()
    {
        RawClient slow = Connect();
        RawClient other = Connect();
        int sent = 0;
        using CancellationTokenSource over = new();
        Task sending = Task.Run(() =>
        {
            while (!over.IsCancellationRequested && sent < 20_000)
            {
                slow.Send($$"""{"cmd":"describe","tag":{{sent}}}""" + "\n");
                sent++;
            }
        });
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 200; i++)
        {
            Assert.That(CodeOf(other.Ask(Ping)), Is.Null);
        }

        // Both ends' buffers are full by now, or soon: the server holds a few replies of 20 kB and no more.
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - memory, Is.LessThan(32 << 20));
        await over.CancelAsync();
        for (int i = 0; i < 50; i++)
        {
            Assert.That(slow.ReadReply().GetProperty("tag").GetInt32(), Is.EqualTo(i));
        }

        slow.Dispose();
        await Task.WhenAny(sending);
        Until(() => Server.ClientCount == 1, "the server keeps the client");
    }

    [Test]
    public void A_client_that_goes_on_not_reading_is_disconnected_and_its_nodes_go()
    {
        RawClient slow = Connect();
        RawClient other = Connect();
        other.Ask(Ping);
        slow.Ask("""{"cmd":"create_node","type":"tone"}""");
        Task sending = Task.Run(() => slow.Send(string.Concat(Enumerable.Repeat("""{"cmd":"describe"}""" + "\n", 1000))));
        Until(() => Server.ClientCount == 1, "the server keeps the client");
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
        Assert.That(CodeOf(other.Ask(Ping)), Is.Null);
        Assert.That(sending.ContinueWith(_ => true).Wait(30_000));
    }

    [Test]
    public void Events_that_are_not_taken_are_dropped_counted_and_told()
    {
        RawClient slow = Connect();
        RawClient other = Connect();
        slow.Ask("""{"cmd":"subscribe","events":["device"]}""");
        const int Rounds = 3000;
        for (int i = 0; i < Rounds; i++)
        {
            Assert.That(CodeOf(other.Ask("""{"cmd":"device_open","driver":"null","period":64}""")), Is.Null);
        }

        long dropped = 0;
        long events = 0;
        while (events + dropped < Rounds)
        {
            JsonElement line = RawClient.Parse(slow.ReadLine()!);
            if (line.GetProperty("event").GetString() == "dropped")
            {
                dropped += line.GetProperty("count").GetInt64();
                continue;
            }

            events++;
        }

        Assert.That(events + dropped, Is.EqualTo(Rounds));
        long shown = other.Ask("""{"cmd":"clients"}""").GetProperty("clients").EnumerateArray().Max(client => client.GetProperty("events_dropped").GetInt64());
        Assert.That(shown, Is.EqualTo(dropped));
        Assert.That(dropped, Is.Positive);
    }

    [Test]
    public async Task Fifty_clients_that_ask_and_listen_lose_nothing_uncounted()
    {
        const int Requests = 200;
        const int Changes = 100;
        RawClient[] clients = [.. Enumerable.Range(0, 50).Select(_ => Connect())];
        foreach (RawClient client in clients)
        {
            client.Ask("""{"cmd":"subscribe","events":["state","xrun","stats","device","node"]}""");
        }

        RawClient admin = Connect();
        Task<long>[] asking = [.. clients.Select(client => Task.Factory.StartNew(() => AskAndListen(client), TaskCreationOptions.LongRunning))];
        for (int i = 0; i < Changes; i++)
        {
            Assert.That(CodeOf(admin.Ask("""{"cmd":"device_open","driver":"null","period":64}""")), Is.Null);
        }

        Assert.That(await Task.WhenAll(asking), Is.All.EqualTo(Changes));

        static long AskAndListen(RawClient client)
        {
            for (int i = 0; i < Requests; i++)
            {
                Assert.That(client.Ask($$"""{"cmd":"stats","tag":{{i}}}""").GetProperty("tag").GetInt32(), Is.EqualTo(i));
            }

            long events = 0;
            while (events < Changes)
            {
                JsonElement next = client.ReadEvent();
                events += next.GetProperty("event").GetString() == "dropped" ? next.GetProperty("count").GetInt64() : 1;
            }

            return events;
        }
    }

    [Test]
    public void Fuzzed_lines_are_answered_line_by_line_and_leave_nothing_behind()
    {
        int lines = int.TryParse(Environment.GetEnvironmentVariable("AUDIOMESH_FUZZ_LINES"), out int asked) ? asked : DefaultFuzzLines;
        RawClient witness = Connect();
        witness.Ask(Ping);
        List<string> descriptors = Descriptors();
        RepeatableRandom random = new(20_26);
        using (RawClient fuzzer = new(SocketPath))
        {
            for (int done = 0; done < lines;)
            {
                byte[][] burst = [.. Enumerable.Range(0, Math.Min(500, lines - done)).Select(_ => Mutant(ref random))];
                using MemoryStream all = new();
                foreach (byte[] line in burst)
                {
                    all.Write(line);
                    all.WriteByte((byte)'\n');
                }

                fuzzer.Send(all.ToArray());
                for (int i = 0; i < burst.Length; i++)
                {
                    JsonElement reply = fuzzer.ReadReply();
                    Assert.That(
                        reply.TryGetProperty("ok", out JsonElement ok) && (ok.GetBoolean() || CodeOf(reply) != "internal"),
                        $"{Encoding.UTF8.GetString(burst[i])} is answered {reply}");
                }

                done += burst.Length;
                Assert.That(CodeOf(witness.Ask(Ping)), Is.Null);
            }
        }

        Until(() => Server.ClientCount == 1, "the server keeps the client");
        Assert.That(CodeOf(witness.Ask("""{"cmd":"apply","graph":{"nodes":[]}}""")), Is.Null);
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
        AwaitNoMoreThan(descriptors);
    }

    [Test]
    public void Clients_that_come_and_go_leave_nothing_behind()
    {
        RawClient witness = Connect();
        Round();
        List<string> descriptors = Descriptors();
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 20; i++)
        {
            Round();
        }

        AwaitNoMoreThan(descriptors);
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - memory, Is.LessThan(1 << 20));
        Assert.That(CodeOf(witness.Ask(Ping)), Is.Null);

        void Round()
        {
            for (int i = 0; i < 16; i++)
            {
                using RawClient client = new(SocketPath);
                client.Ask("""{"cmd":"create_node","type":"tone"}""");
                client.Ask("""{"cmd":"create_node","type":"app_source","args":{"frames":64}}""");
                client.Ask("""{"cmd":"subscribe","events":["stats","state","xrun","device","node"]}""");
                client.Send("""{"cmd":"li""");
            }

            Until(() => Server.ClientCount == 1 && Engine.GetGraph().Nodes.Count == 0, "the server keeps what is gone");
        }
    }

    [Test]
    public void A_client_that_is_killed_while_it_plays_leaves_nothing_behind()
    {
        const string Program = """
            import socket, sys, time
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            for line in ('create_node","type":"tone"', 'create_node","type":"app_source"', 'connect","from":"tone-2","to":"mix"', 'subscribe","events":["stats"]'):
                s.sendall(b'{"cmd":"' + line.encode() + b'}\n')
                s.recv(4096)
            print("ready", flush=True)
            time.sleep(60)
            """;
        Assume.That(File.Exists("/usr/bin/env"));
        RawClient witness = Connect();
        witness.Ask("""{"cmd":"device_open","driver":"null","period":64}""");
        witness.Ask("""{"cmd":"create_node","type":"mixer","name":"mix","public":true}""");
        witness.Ask("""{"cmd":"create_node","type":"device_sink","name":"out","public":true}""");
        witness.Ask("""{"cmd":"connect","from":"mix","to":"out"}""");
        witness.Ask("""{"cmd":"start"}""");
        List<string>? descriptors = null;
        for (int i = 0; i < 4; i++)
        {
            using System.Diagnostics.Process player = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("/usr/bin/env", ["python3", "-c", Program.Replace("tone-2", $"tone-{3 + (2 * i)}"), SocketPath])
                {
                    RedirectStandardOutput = true,
                })!;
            using StreamReader output = player.StandardOutput;
            string? ready = output.ReadLine();
            Assume.That(ready, Is.EqualTo("ready"), "there is no Python here");
            Assert.That(Engine.GetGraph().Connections, Has.Count.EqualTo(2));
            player.Kill();
            player.WaitForExit();
            Until(() => Engine.GetGraph().Nodes.Count == 2 && Server.ClientCount == 1, "nodes are left");
            AwaitNoMoreThan(descriptors ??= Descriptors());
        }

        Assert.That(witness.Ask("""{"cmd":"stats"}""").GetProperty("state").GetString(), Is.EqualTo("running"));
    }

    private static byte[] Mutant(ref RepeatableRandom random)
    {
        byte[] line = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
        for (int edits = random.Next(6); edits > 0; edits--)
        {
            int at = random.Next(line.Length);
            line = random.Next(4) switch
            {
                0 => line[..at],
                1 => [.. line[..at], .. line.AsSpan(random.Next(line.Length))],
                2 => [.. line[..at], (byte)random.Next(256), .. line[at..]],
                _ => [.. line[..at], (byte)random.Next(256), .. line[(at + 1)..]],
            };
            if (line.Length == 0)
            {
                break;
            }
        }

        return [.. line.Where(value => value != (byte)'\n')];
    }
}
