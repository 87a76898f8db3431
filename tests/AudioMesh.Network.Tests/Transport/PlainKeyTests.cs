// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>The plain protocol from beyond this machine, as far as its sockets see: over the address that it has in its network.</summary>
internal sealed class PlainKeyTests
{
    private const string Key = "a-key-of-the-tests";
    private const int PatienceMs = 30_000;
    private readonly List<string> _set = [];
    private TransportAgent _agent = null!;
    private SimulatedBus _bus = null!;
    private IPAddress _address = null!;

    [SetUp]
    public void SetUp()
    {
        _address = NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus == OperationalStatus.Up).SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)) ?? IPAddress.None;
        if (_address.Equals(IPAddress.None))
        {
            Assert.Ignore("This machine has no address but loopback's.");
        }

        MeshTimebase timebase = new TimeService(1, MeshClock.Now, new TimeOptions()).Timebase;
        _bus = new SimulatedBus(new SimulatedBusNetwork(), new SimulatedMesh(1).AddHost("one", new HostClock()), "one");
        _agent = new TransportAgent(_bus, new TransportClock(timebase), timebase);
        _set.Clear();
    }

    [TearDown]
    public void TearDown()
    {
        _agent?.Dispose();
        _bus?.Dispose();
    }

    [Test]
    public void What_is_signed_with_the_key_is_carried_out_as_text_and_as_JSON()
    {
        using PlainServer server = Serve(new PlainOptions { Key = Key });
        using Controller controller = new(server);
        string challenge = controller.Challenge();
        Assert.That(controller.Say(Sign(challenge, 1, "SET_PARAM mix level -6")), Is.EqualTo("OK SET_PARAM mix level"));
        Assert.That(controller.Say(Sign(challenge, 2, "{\"cmd\":\"set_param\",\"ns\":\"mix\",\"name\":\"mute\",\"value\":true}")), Is.EqualTo("OK SET_PARAM mix mute"));
        Assert.That(controller.Say(Sign(challenge, 3, "START_AT NaN")), Does.StartWith("ERR not_a_number "), "and what makes no sense is answered");
        Assert.That(controller.Say(Sign(controller.Challenge(), 1, "SET_PARAM mix level -5")), Is.EqualTo("OK SET_PARAM mix level"), "after another challenge numbers begin anew");
        Assert.That(_set, Is.EqualTo(new[] { "mix.level=-6", "mix.mute=true", "mix.level=-5" }));
    }

    [Test]
    public void The_program_of_the_document_is_let_in()
    {
        using PlainServer server = Serve(new PlainOptions { Key = Key });
        using TemporaryFolder folder = new();
        string document = File.ReadAllText(Repository.PathOf("docs", "protocols", "plain.md"));
        int begin = document.IndexOf("```python", StringComparison.Ordinal) + "```python".Length;
        string program = document[begin..document.IndexOf("```", begin, StringComparison.Ordinal)];
        Assert.That(program, Does.Contain("(\"192.168.1.9\", 50000)"));
        File.WriteAllText(folder.PathOf("plain.key"), Key + "\n");
        File.WriteAllText(folder.PathOf("program.py"), program.Replace("(\"192.168.1.9\", 50000)", $"(\"{_address}\", {server.LocalEndPoint.Port})"));
        using Process python = Process.Start(new ProcessStartInfo("python3", ["program.py"]) { WorkingDirectory = folder.FullPath, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string said = python.StandardOutput.ReadToEnd() + python.StandardError.ReadToEnd();
        Assert.That(said, Does.StartWith("['ERR', 'lost'"), "its line is taken, and refused by the transport alone, whose device does not run here");
    }

    [Test]
    public void Without_the_key_or_with_another_nothing_is_carried_out_and_the_connection_ends()
    {
        using PlainServer server = Serve(new PlainOptions { Key = Key });
        string[] lines =
        [
            "SET_PARAM mix level 0", "{\"cmd\":\"set_param\",\"ns\":\"mix\",\"name\":\"level\",\"value\":0}", $"KEY {Key}", "SIGNED", "SIGNED x",
            $"SIGNED {new string('0', 64)} SET_PARAM mix level 0", Sign("", 1, "SET_PARAM mix level 0"), Sign(new string('0', 32), 1, "SET_PARAM mix level 0"),
        ];
        foreach (string line in lines)
        {
            using Controller stranger = new(server);
            Assert.That(stranger.Say(line), Does.StartWith("ERR key "), line);
        }

        using Controller first = new(server);
        Assert.That((first.Say(lines[0])[..8], first.HasEnded()), Is.EqualTo(("ERR key ", true)));
        using Controller liar = new(server);
        Assert.That(liar.Say(Sign(liar.Challenge(), 1, "SET_PARAM mix level 0", "another-key-of-16")), Does.StartWith("ERR key "));
        Assert.That(_set, Is.Empty);
    }

    [Test]
    public void What_was_overheard_and_is_sent_again_is_carried_out_once()
    {
        using PlainServer server = Serve(new PlainOptions { Key = Key });
        using Controller controller = new(server);
        string line = Sign(controller.Challenge(), 1, "SET_PARAM mix level -6");
        Assert.That(controller.Say(line), Does.StartWith("OK "));
        using Controller thief = new(server);
        Assert.That(thief.Say(line), Does.StartWith("ERR key "), "without a challenge of its own");
        using Controller patient = new(server);
        patient.Challenge();
        Assert.That(patient.Say(line), Does.StartWith("ERR key "), "for another challenge");
        Assert.That(controller.Say(line), Does.StartWith("ERR key "), "a second time on the same connection");
        Assert.That(_set, Is.EqualTo(new[] { "mix.level=-6" }));
    }

    [Test]
    public void A_line_that_was_changed_on_its_way_is_not_carried_out()
    {
        using PlainServer server = Serve(new PlainOptions { Key = Key });
        using Controller controller = new(server);
        string line = Sign(controller.Challenge(), 1, "SET_PARAM mix level -6");
        Assert.That(controller.Say(line.Replace("-6", "+6", StringComparison.Ordinal)), Does.StartWith("ERR key "));
        Assert.That(_set, Is.Empty);
    }

    [Test]
    public void A_stranger_that_says_nothing_keeps_nobody_out_for_long()
    {
        using PlainServer server = Serve(new PlainOptions { Key = Key, MaxConnections = 2, LineMs = 200 });
        using Controller one = new(server), two = new(server);
        Assert.That(one.ReadLine(), Does.StartWith("ERR idle "));
        Assert.That(two.ReadLine(), Does.StartWith("ERR idle "));
        Assert.That(SpinWait.SpinUntil(() => server.Connections == 0, PatienceMs), Is.True);
    }

    [Test]
    public void An_address_of_the_list_needs_no_key_and_any_other_is_turned_away()
    {
        using (PlainServer server = Serve(new PlainOptions { Allow = [_address] }))
        {
            using Controller controller = new(server);
            Assert.That(controller.Say("SET_PARAM mix level -6"), Is.EqualTo("OK SET_PARAM mix level"));
        }

        using PlainServer other = Serve(new PlainOptions { Allow = [IPAddress.Parse("192.0.2.1")] });
        using Controller stranger = new(other);
        Assert.That(stranger.ReadLine(), Does.StartWith("ERR address "));
    }

    private static string Sign(string challenge, int number, string line, string key = Key) =>
        $"SIGNED {Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{challenge} {number} {line}")))} {line}";

    private PlainServer Serve(PlainOptions options) => new(_agent, options with
    {
        Bind = new IPEndPoint(_address, 0),
        SetParameter = (space, name, value) => _set.Add($"{space}.{name}={value}"),
    });

    private sealed class Controller : IDisposable
    {
        private readonly TcpClient _client = new() { ReceiveTimeout = PatienceMs };
        private readonly StreamReader _reader;

        public Controller(PlainServer server)
        {
            _client.Connect(server.LocalEndPoint);
            _reader = new StreamReader(_client.GetStream());
        }

        public string Challenge()
        {
            string answer = Say("CHALLENGE");
            Assert.That(answer, Does.Match("^OK CHALLENGE [0-9a-f]{32}$"));
            return answer.Split(' ')[2];
        }

        public string Say(string line)
        {
            _client.GetStream().Write(Encoding.UTF8.GetBytes(line + "\n"));
            return ReadLine();
        }

        public string ReadLine() => _reader.ReadLine() ?? "";

        public bool HasEnded() => _reader.ReadLine() is null;

        public void Dispose() => _client.Dispose();
    }
}
