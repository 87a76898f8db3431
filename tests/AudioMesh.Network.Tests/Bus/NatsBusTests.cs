// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AudioMesh.Graph;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Parameters;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>The bus over real servers on loopback.</summary>
[NonParallelizable]
internal sealed class NatsBusTests
{
    private const int WaitMs = 120_000;

    private readonly List<IDisposable> _open = [];

    [TearDown]
    public void CloseAll()
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            _open[i].Dispose();
        }

        _open.Clear();
    }

    [Test]
    public void Messages_answers_values_and_hosts_are_those_of_any_bus()
    {
        NatsServer server = Add(new NatsServer());
        NatsBus a = Join("anna", server);
        NatsBus b = Join("ben", server);
        Until(() => a.Peers.Count == 1 && b.Peers.Count == 1, "they see each other");
        List<string> heard = [];
        b.Subscribe("jam.*.x", (in BusMessage message) => Put(heard, $"{message.From} {message.Subject} {Encoding.UTF8.GetString(message.Payload)}"));
        a.Subscribe("jam.>", (in BusMessage message) => Put(heard, "self"));
        b.Serve("b.double", (in BusMessage request) => [.. request.Payload, .. request.Payload]);
        b.Serve("b.fail", (in BusMessage request) => throw new AudioMeshException(AudioErrorKind.NotFound, "No such take.") { Field = "take" });
        Thread.Sleep(300);
        for (int i = 0; i < 100; i++)
        {
            a.Publish("jam.1.x", Encoding.UTF8.GetBytes($"{i}"));
        }

        Until(() => heard.Count == 200, "100 heard by both");
        Assert.That(heard.Where(text => text != "self"), Is.EqualTo(Enumerable.Range(0, 100).Select(i => $"anna jam.1.x {i}")));
        Assert.That(a.RequestAsync("b.double", new byte[] { 1, 2 }, 5000).Result, Is.EqualTo(new byte[] { 1, 2, 1, 2 }));
        Assert.That(async () => await a.RequestAsync("b.fail", default, 5000), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("take"));
        Assert.That(async () => await a.RequestAsync("nobody", default, 5000), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.NotFound));
        a.Table("t").Put("k.1", "v"u8);
        a.Table("t").Put("k.2", "v"u8);
        a.Table("t").Remove("k.1");
        List<string> watched = [];
        b.Table("t").Watch("k.*", entry => Put(watched, entry.Key));
        Until(() => b.Table("t").TryGet("k.2", out _) && b.Table("t").Count == 1 && a.Table("t").Pending == 0, "the table");
        Until(() => watched.Contains("k.2"), "watched");
        Assert.That(b.Table("t").Digest, Is.EqualTo(a.Table("t").Digest));
        b.Dispose();
        Until(() => a.Peers.Count == 0, "it said goodbye");
        Assert.That((a.Statistics.Faults, a.Statistics.Refused), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void Without_the_key_there_is_no_bus_and_a_second_of_a_name_is_refused()
    {
        NatsServer server = Add(new NatsServer());
        Assert.That(() => Join("anna", server, token: "wrong"), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.PermissionDenied));
        Assert.That(() => Join("anna", server, token: ""), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("token"));
        NatsBus a = Join("anna", server);
        NatsBus twin = Join("anna", server);
        Until(() => twin.Failure is not null, "the second is refused");
        Assert.That(() => twin.Publish("x", []), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.DeviceBusy));
        Assert.That(a.IsConnected);
        a.Dispose();
        Until(() => twin.IsConnected, "until the first has gone");
    }

    [Test]
    public void An_NKey_over_TLS_is_a_key_too()
    {
        string folder = Directory.CreateTempSubdirectory("am-nats-tls-").FullName;
        _open.Add(new Folder(folder));
        WriteCertificates(folder);
        File.WriteAllText(Path.Combine(folder, "seed"), "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY\n");
        const string PublicKey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"; // the pair of NATS' manual
        NatsServer server = Add(new NatsServer(
            $$"""authorization { users: [ { nkey: "{{PublicKey}}" } ] }""", $$"""tls { cert_file: "{{folder}}/cert.pem", key_file: "{{folder}}/key.pem" }"""));
        NatsBusOptions options = new()
        {
            Name = "anna",
            Mesh = "test",
            Servers = [$"tls://localhost:{server.Port}"],
            NKey = PublicKey,
            NKeySeedFile = Path.Combine(folder, "seed"),
            CertificateAuthorityFile = Path.Combine(folder, "cert.pem"),
        };
        NatsBus a = Add(new NatsBus(options));
        a.Table("t").Put("k", "v"u8);
        Until(() => a.Table("t").Pending == 0, "acknowledged");
        WriteCertificates(folder);
        Assert.That(() => Add(new NatsBus(options with { Name = "ben" })), Throws.TypeOf<AudioMeshException>(), "another authority");
    }

    [Test]
    public void A_server_killed_in_the_middle_loses_nothing_that_was_acknowledged()
    {
        NatsServer server = Add(new NatsServer());
        NatsBus a = Join("anna", server);
        NatsBus b = Join("ben", server);
        IBusTable[] tables = [a.Table("t"), b.Table("t")];
        Dictionary<string, int> acknowledged = [];
        int number = 0;
        void WriteFor(int ms, bool mustReach)
        {
            Stopwatch clock = Stopwatch.StartNew();
            while (clock.ElapsedMilliseconds < ms)
            {
                for (int i = 0; i < 10; i++)
                {
                    number++;
                    tables[number % 2].Put($"k.{number % 500}", BitConverter.GetBytes(number));
                }

                Thread.Sleep(2);
            }

            if (mustReach)
            {
                Until(() => tables.All(table => table.Pending == 0), "acknowledged");
                foreach (BusEntry entry in tables[0].Entries)
                {
                    acknowledged[entry.Key] = BitConverter.ToInt32(entry.Value.Span);
                }
            }
        }

        WriteFor(500, mustReach: true);
        for (int kill = 0; kill < 3; kill++)
        {
            WriteFor(200, mustReach: false);
            server.Kill();
            WriteFor(400, mustReach: false);
            server.Start();
            NatsBus late = Join($"late{kill}", server);
            Until(() => acknowledged.All(pair => late.Table("t").TryGet(pair.Key, out BusEntry? entry) && BitConverter.ToInt32(entry.Value.Span) >= pair.Value), "what was acknowledged is there");
            WriteFor(200, mustReach: true);
            Until(() => a.Table("t").Digest == b.Table("t").Digest && late.Table("t").Digest == a.Table("t").Digest, "all hold the same");
        }

        Assert.That(a.Statistics.Resent + b.Statistics.Resent, Is.Positive);
    }

    [Test]
    public void What_is_written_before_there_is_a_server_is_stored_when_there_is_one()
    {
        NatsServer server = Add(new NatsServer(isStarted: false));
        NatsBus a = Join("anna", server);
        a.Table("t").Put("k", "v"u8);
        Assert.That((a.IsConnected, a.Table("t").TryGet("k", out _), a.Table("t").Pending), Is.EqualTo((false, true, 1L)));
        server.Start();
        NatsBus b = Join("ben", server);
        Until(() => a.Table("t").Pending == 0 && b.Table("t").TryGet("k", out _), "it is there");
        Until(() => a.Peers.Count == 1, "and they see each other");
    }

    [Test]
    public void A_cluster_of_three_goes_on_with_two()
    {
        NatsServer[] servers = NatsServer.Cluster();
        _open.AddRange(servers);
        NatsBus a = Join("anna", servers, replicas: 3);
        NatsBus b = Join("ben", servers, replicas: 3);
        IBusTable[] tables = [a.Table("t"), b.Table("t")];
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 300; i++)
            {
                tables[i % 2].Put($"k.{i}", BitConverter.GetBytes((round * 1000) + i));
                if (i == 150 && round > 0)
                {
                    servers[round - 1].Kill();
                }
            }

            Until(() => tables.All(table => table.Pending == 0), $"round {round} acknowledged");
            Until(() => tables[0].Digest == tables[1].Digest, "the same");
            NatsBus late = Join($"late{round}", servers, replicas: 3);
            Until(() => late.Table("t").Digest == tables[0].Digest && late.Table("t").Count == 300, "a late one has it");
            late.Dispose();
            if (round > 0)
            {
                servers[round - 1].Start();
            }
        }
    }

    [Test]
    public void Ten_thousand_updates_a_second_from_four_writers_are_acknowledged()
    {
        NatsServer server = Add(new NatsServer());
        NatsBus[] buses = [.. Enumerable.Range(0, 4).Select(i => Join($"writer{i}", server))];
        SharedParameters[] parameters = [.. buses.Select(bus => new SharedParameters(bus, new SharedParametersOptions { MeshClock = () => default }))];
        IBusTable[] tables = [.. buses.Select(bus => bus.Table("parameters"))];
        Until(() => buses.All(bus => bus.Peers.Count == 3), "all there");
        for (int i = 0; i < 1000; i++)
        {
            parameters[0].Declare($"p.{i / 250}", new ParameterDescriptor($"n{i % 250}", ParameterKind.Integer, "") { Default = 0.0 });
        }

        Until(() => parameters.All(there => there.All.Count == 1000), "all are declared");
        Stopwatch clock = Stopwatch.StartNew();
        Parallel.For(0, 4, writer =>
        {
            for (int i = 0; i < 5000; i++)
            {
                parameters[writer].Set($"p.{writer}", $"n{i % 250}", i);
                while (i / 2.5 > clock.ElapsedMilliseconds)
                {
                    Thread.Sleep(1);
                }
            }
        });
        Until(() => tables.All(table => table.Pending == 0), "acknowledged");
        double seconds = clock.Elapsed.TotalSeconds;
        Until(() => tables.All(table => table.Digest == tables[0].Digest), "the same");
        TestContext.Out.WriteLine($"20,000 updates acknowledged after {seconds.ToString("0.00", CultureInfo.InvariantCulture)} s, the same everywhere after {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.That(parameters[3].Get("p.0", "n249").Value.Number, Is.EqualTo(4999));
    }

    private static void Put(List<string> list, string text)
    {
        lock (list)
        {
            list.Add(text);
        }
    }

    private static void Until(Func<bool> holds, string what)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(WaitMs), what);
            Thread.Sleep(5);
        }
    }

    private static void WriteCertificates(string folder)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private NatsBus Join(string name, NatsServer server, string token = NatsServer.Token) => Join(name, [server], 1, token);

    private NatsBus Join(string name, NatsServer[] servers, int replicas, string token = NatsServer.Token) =>
        Add(new NatsBus(new NatsBusOptions { Name = name, Mesh = "test", Servers = [.. servers.Select(server => server.Url)], Token = token, Replicas = replicas }));

    private T Add<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }

    private sealed class Folder(string path) : IDisposable
    {
        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}
