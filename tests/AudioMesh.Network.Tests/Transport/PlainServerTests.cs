// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>The plain protocol over real sockets of this machine.</summary>
internal sealed class PlainServerTests
{
    private const int PatienceMs = 30_000;
    private TransportClock _clock = null!;
    private TransportAgent _agent = null!;
    private SimulatedBus _bus = null!;
    private Thread _device = null!;
    private volatile bool _isOver;
    private long _position;
    private readonly List<string> _set = [];

    private static double Now => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    [SetUp]
    public void SetUp()
    {
        SimulatedMesh mesh = new(1);
        MeshTimebase timebase = new TimeService(1, MeshClock.Now, new TimeOptions()).Timebase;
        _bus = new SimulatedBus(new SimulatedBusNetwork(), mesh.AddHost("one", new HostClock()), "one");
        _clock = new TransportClock(timebase);
        _agent = new TransportAgent(_bus, _clock, timebase);
        _set.Clear();
        Render();
        _device = new Thread(RunDevice) { IsBackground = true };
        _device.Start();
    }

    [TearDown]
    public void TearDown()
    {
        _isOver = true;
        _device.Join();
        _isOver = false;
        _agent.Dispose();
        _clock.Dispose();
        _bus.Dispose();
    }

    [Test]
    public void Commands_as_text_and_as_JSON_are_answered_and_reach_the_transport()
    {
        using PlainServer server = Serve(new PlainOptions());
        string[] answers = Say(server, At($"LOCATE_START_AT 4800 {Now + 20}"), At($"{{\"cmd\":\"stop_at\",\"t\":{Now + 30}}}"), "SET_PARAM mix level -6.5", "{\"cmd\":\"set_param\",\"ns\":\"mix\",\"name\":\"mute\",\"value\":true}");
        Assert.That(answers.Select(answer => answer.Split(' ')[..2]), Is.EqualTo(new[] { new[] { "OK", "LOCATE_START_AT" }, ["OK", "STOP_AT"], ["OK", "SET_PARAM"], ["OK", "SET_PARAM"] }));
        Assert.That(_set, Is.EqualTo(new[] { "mix.level=-6.5", "mix.mute=true" }));
        ulong id = ulong.Parse(answers[0].Split(' ')[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.That(_agent.Cancel(id), Is.True, "the transport had it");
    }

    [TestCase("START_AT NaN", "not_a_number")]
    [TestCase("START_AT 1e308", "too_far")]
    [TestCase("START_AT -Infinity", "past")]
    [TestCase("START_AT Infinity", "too_far")]
    [TestCase("START_AT 0", "past")]
    [TestCase("STOP_AT -5", "past")]
    [TestCase("LOCATE_START_AT 0 1000000000", "past")]
    [TestCase("START_AT 8999999999", "too_far")]
    [TestCase("LOCATE_START_AT 1.5 2000000000", "frame")]
    [TestCase("LOCATE_START_AT 99999999999999999999999 2000000000", "frame")]
    [TestCase("START_AT", "syntax")]
    [TestCase("START_AT 1 2", "syntax")]
    [TestCase("SING 1", "unknown_command")]
    [TestCase("{\"cmd\":\"start_at\"}", "syntax")]
    [TestCase("{\"cmd\":\"start_at\",\"t\":", "syntax")]
    [TestCase("{\"cmd\":\"start_at\",\"t\":1e400}", "too_far")]
    [TestCase("{\"cmd\":{\"cmd\":{\"cmd\":1}}}", "syntax")]
    [TestCase("KEY whatever", "unknown_command")]
    [TestCase("CHALLENGE", "key")]
    [TestCase("SIGNED 00 START_AT 1", "key")]
    public void What_makes_no_sense_is_a_named_error_and_moves_nothing(string line, string code)
    {
        using PlainServer server = Serve(new PlainOptions());
        Assert.That(Say(server, line), Has.Length.EqualTo(1).And.All.StartsWith($"ERR {code} "));
        AssertNothingMoves();
    }

    [Test]
    public void A_controller_that_writes_one_line_and_closes_at_once_is_obeyed([Values] bool hasLineEnd)
    {
        using PlainServer server = Serve(new PlainOptions());
        using (Socket socket = Connect(server))
        {
            socket.Send(Encoding.UTF8.GetBytes($"SET_PARAM a b c{(hasLineEnd ? "\n" : "")}"));
        }

        Await(() => _set.Contains("a.b=c"));
    }

    [Test]
    public void A_line_that_is_too_long_or_too_slow_is_refused_and_costs_nobody_else_anything()
    {
        using PlainServer server = Serve(new PlainOptions { LineMs = 300 });
        using Socket slow = Connect(server);
        slow.Send("START_AT 1"u8);
        Assert.That(Say(server, new string('x', 5000))[0], Does.StartWith("ERR too_long"));
        Assert.That(ReadAll(slow), Does.StartWith("ERR slow"));
        Assert.That(Say(server, "SET_PARAM a b c")[0], Is.EqualTo("OK SET_PARAM a b"));
        Await(() => server.Connections == 0);
    }

    [Test]
    public void Lines_of_several_that_come_in_pieces_between_each_other_are_not_mixed()
    {
        using PlainServer server = Serve(new PlainOptions());
        Socket[] sockets = [.. Enumerable.Range(0, 5).Select(_ => Connect(server))];
        string[] lines = [.. Enumerable.Range(0, 5).Select(i => $"SET_PARAM space{i} name{i} value{i}\n")];
        for (int at = 0; at < lines[0].Length; at++)
        {
            for (int i = 0; i < sockets.Length; i++)
            {
                sockets[i].Send(Encoding.UTF8.GetBytes(lines[i][at..(at + 1)]));
            }
        }

        Await(() => _set.Count == 5);
        Assert.That(_set, Is.EquivalentTo(Enumerable.Range(0, 5).Select(i => $"space{i}.name{i}=value{i}")));
        Array.ForEach(sockets, socket => socket.Dispose());
    }

    [Test]
    public void More_connections_than_allowed_are_turned_away_and_there_is_room_again_later()
    {
        using PlainServer server = Serve(new PlainOptions { MaxConnections = 3 });
        List<Socket> held = [.. Enumerable.Range(0, 3).Select(_ => Connect(server))];
        Await(() => server.Connections == 3);
        using Socket fourth = Connect(server);
        Assert.That(ReadAll(fourth), Does.StartWith("ERR busy"));
        held.ForEach(socket => socket.Dispose());
        Await(() => server.Connections == 0);
        Assert.That(Say(server, "SET_PARAM a b c")[0], Does.StartWith("OK"));
    }

    [Test]
    public void It_does_not_listen_beyond_this_machine_without_a_list_or_a_key() =>
        Assert.That(
            () => new PlainServer(_agent, new PlainOptions { Bind = new IPEndPoint(IPAddress.Any, 0) }), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("plain"));

    [Test]
    public void A_port_that_another_agent_has_is_refused_by_name()
    {
        using PlainServer server = Serve(new PlainOptions());
        Assert.That(
            () => new PlainServer(_agent, new PlainOptions { Bind = server.LocalEndPoint }), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.DeviceBusy));
    }

    [Test]
    public void Whatever_is_sent_it_lives_and_moves_nothing()
    {
        using PlainServer server = Serve(new PlainOptions());
        RepeatableRandom random = new(7);
        string[] seeds = ["START_AT 1796000000.5", "LOCATE_START_AT 5 3", "{\"cmd\":\"locate_start_at\",\"frame\":3,\"t\":9e9}", "STOP_AT 1", "SIGNED x START_AT 1"];
        for (int round = 0; round < 300; round++)
        {
            byte[] line = Encoding.UTF8.GetBytes(seeds[round % seeds.Length]);
            for (int change = 0; change < 1 + (round % 5); change++)
            {
                line[random.Next(line.Length)] = (byte)random.NextBits();
            }

            using Socket socket = Connect(server);
            socket.Send(line);
            socket.Shutdown(SocketShutdown.Send);
            string answer = ReadAll(socket);
            Assert.That(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.All.StartsWith("ERR ").Or.All.StartsWith("OK SET"), () => Convert.ToHexString(line));
        }

        AssertNothingMoves();
    }

    private static string At(FormattableString text) => FormattableString.Invariant(text);

    private static Socket Connect(PlainServer server)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = PatienceMs, SendTimeout = PatienceMs };
        socket.Connect(server.LocalEndPoint);
        return socket;
    }

    private static string[] Say(PlainServer server, params string[] lines)
    {
        using Socket socket = Connect(server);
        socket.Send(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        socket.Shutdown(SocketShutdown.Send);
        return ReadAll(socket).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string ReadAll(Socket socket)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        try
        {
            for (int received = socket.Receive(buffer); received > 0; received = socket.Receive(buffer))
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, received));
            }
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It was closed with something of ours unread.
        }

        return text.ToString();
    }

    private static void Await(Func<bool> holds) => Assert.That(SpinWait.SpinUntil(holds, PatienceMs), Is.True);

    private PlainServer Serve(PlainOptions options) => new(_agent, options with
    {
        Bind = options.Bind.Port == PlainOptions.DefaultPort ? new IPEndPoint(IPAddress.Loopback, 0) : options.Bind,
        SetParameter = (space, name, value) =>
        {
            lock (_set)
            {
                _set.Add($"{space}.{name}={value}");
            }
        },
    });

    private void Render()
    {
        _clock.Begin(new FrameCount(_position), 480, MeshClock.Now, 48_000);
        _position += 480;
    }

    private void RunDevice()
    {
        while (!_isOver)
        {
            Render();
            Thread.Sleep(10);
        }
    }

    private void AssertNothingMoves()
    {
        Assert.That(_agent.GetStatus(), Has.Property("State").EqualTo(Backends.TransportState.Stopped).And.Property("Frame").Zero);
        Assert.That(_clock.TryTakeOutcome(out _), Is.False);
    }
}
