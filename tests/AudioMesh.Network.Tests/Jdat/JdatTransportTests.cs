// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Jdat;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Jdat;

[Platform("Linux,MacOsX")]
internal sealed class JdatTransportTests
{
    private const int LimitMs = 60_000;

    private readonly JdatWriter _writer = new();
    private TemporaryFolder _folder = null!;
    private string _path = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _path = _folder.PathOf("jdat.sock");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("-", JdatEndpointKind.Standard)]
    [TestCase("unix:/tmp/x", JdatEndpointKind.Unix)]
    [TestCase("udp:127.0.0.1:9000", JdatEndpointKind.Udp)]
    [TestCase("udp:localhost:9000", JdatEndpointKind.Udp)]
    [TestCase("udp:[::1]:9000", JdatEndpointKind.Udp)]
    public void Endpoints_are_read(string text, JdatEndpointKind kind) => Assert.That(JdatEndpoint.Parse(text).Kind, Is.EqualTo(kind));

    [TestCase("")]
    [TestCase("unix:")]
    [TestCase("udp:")]
    [TestCase("udp:127.0.0.1")]
    [TestCase("udp:127.0.0.1:0")]
    [TestCase("udp:127.0.0.1:65536")]
    [TestCase("udp:::1")]
    [TestCase("udp:example.org:9000")]
    [TestCase("tcp:127.0.0.1:9000")]
    public void What_is_no_endpoint_is_refused(string text) =>
        Assert.That(Assert.Throws<AudioMeshException>(() => JdatEndpoint.Parse(text))!.Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));

    [TestCase("udp:0.0.0.0:9000")]
    [TestCase("udp:192.0.2.1:9000")]
    [TestCase("udp:[::]:9000")]
    public void Other_machines_have_to_be_allowed(string text)
    {
        Assert.That(Assert.Throws<AudioMeshException>(() => JdatEndpoint.Parse(text))!.Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
        Assert.That(JdatEndpoint.Parse(text, allowsRemote: true).Kind, Is.EqualTo(JdatEndpointKind.Udp));
    }

    [Test]
    public void A_socket_takes_one_client_after_the_other_and_only_its_owner_may_open_it()
    {
        JdatLog log = new();
        using (JdatInput input = new(Unix(), log))
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }

            using (Socket first = Connect())
            {
                first.Send(Line(1));
                Wait(() => log.Audio.Count == 1);
                using Socket second = Connect();
                Wait(() => input.RefusedClients == 1);
                first.Send("rubbish\n"u8);
                first.Send(Line(2)[..^1]);
            }

            Wait(() => log.Audio.Count == 2 && input.Clients == 0);
            using Socket third = Connect();
            third.Send(Line(3));
            Wait(() => log.Audio.Count == 3);
            Assert.That((input.Lines, input.Faults), Is.EqualTo((4, 1)));
        }

        Assert.That(File.Exists(_path), Is.False);
    }

    [Test]
    public void What_a_dead_process_left_is_replaced_and_nothing_else()
    {
        Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(_path + ".first"));

        // Away from where its owner would take it along.
        File.Move(_path + ".first", _path);
        dead.Dispose();
        using (JdatInput input = new(Unix(), new JdatLog()))
        {
            Assert.That(Assert.Throws<AudioMeshException>(() => new JdatOutput(Unix()))!.Kind, Is.EqualTo(AudioErrorKind.DeviceBusy));
        }

        File.WriteAllText(_path, "");
        Assert.That(Assert.Throws<AudioMeshException>(() => new JdatOutput(Unix()))!.Kind, Is.EqualTo(AudioErrorKind.FileUnreadable));
        Assert.That(File.Exists(_path));
        Assert.Throws<AudioMeshException>(() => new JdatOutput(new JdatEndpoint(JdatEndpointKind.Unix, _folder.PathOf("no/such/folder"), null)));
    }

    [Test]
    public void Every_listener_gets_every_line_and_one_who_does_not_read_stops_nobody()
    {
        using JdatOutput output = new(Unix());
        using Socket slow = Connect();
        using Socket reader = Connect();
        JdatLog log = new();
        JdatStream stream = new(log);
        byte[] bytes = new byte[1 << 16];
        output.Pump();
        Assert.That(output.Clients, Is.EqualTo(2));
        float[] samples = new float[512];
        for (int i = 0; i < 5000; i++)
        {
            output.Send(_writer.Write(new JdatAudio(new MeshTime(i), "s", 48000, 1), samples));
            output.Pump();
            while (stream.Lines <= i)
            {
                stream.Feed(bytes.AsSpan(0, reader.Receive(bytes)));
            }
        }

        Assert.That(log.Audio.Select(line => line.Audio.TimestampGpu.Nanoseconds), Is.EqualTo(Enumerable.Range(0, 5000)));
        Assert.That(output.DroppedLines, Is.InRange(1, 4999));

        // What it did get, late, is whole lines.
        JdatLog late = new();
        JdatStream slowStream = new(late);
        slow.ReceiveTimeout = 200;
        try
        {
            for (int count; (count = slow.Receive(bytes)) > 0; output.Pump())
            {
                slowStream.Feed(bytes.AsSpan(0, count));
            }
        }
        catch (SocketException)
        {
        }

        Assert.That(late.Faults, Is.Empty);
        Assert.That(late.Audio, Has.Count.EqualTo(5000 - output.DroppedLines));
    }

    [Test]
    public void A_listener_that_goes_is_forgotten()
    {
        using JdatOutput output = new(Unix());
        Connect().Dispose();
        output.Pump();
        for (int i = 0; i < 3; i++)
        {
            output.Send(Line(i));
            output.Pump();
        }

        Assert.That(output.Clients, Is.Zero);
        Assert.That(output.DroppedLines, Is.Zero);
    }

    [Test]
    public void Datagrams_carry_a_line_each()
    {
        int port = FreePort();
        JdatEndpoint endpoint = JdatEndpoint.Parse($"udp:127.0.0.1:{port}");
        JdatLog log = new();
        using JdatInput input = new(endpoint, log);
        using JdatOutput output = new(endpoint);
        Assert.That(Assert.Throws<AudioMeshException>(() => new JdatInput(endpoint, log))!.Kind, Is.EqualTo(AudioErrorKind.DeviceBusy));
        for (int i = 0; i < 20; i++)
        {
            output.Send(Line(i));
            Wait(() => log.Audio.Count == i + 1);
        }

        output.Send(new byte[70_000]);
        Assert.That(output.DroppedLines, Is.EqualTo(1));
        output.Send("{\n}\n"u8);
        Wait(() => input.Faults == 1);
    }

    private static void Wait(Func<bool> isDone) => Assert.That(SpinWait.SpinUntil(isDone, LimitMs));

    private static int FreePort()
    {
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private JdatEndpoint Unix() => JdatEndpoint.Parse($"unix:{_path}");

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_path));
        return socket;
    }

    private byte[] Line(int time) => [.. _writer.Write(new JdatAudio(new MeshTime(time), "s", 48000, 2), [0.5f, -0.25f, 1e-7f, 0])];
}
