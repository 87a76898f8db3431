// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Jdat;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Jdat;

/// <summary>JDAT through an engine on a null device and back.</summary>
[Platform("Linux,MacOsX")]
internal sealed class JdatNodeTests
{
    private const int LimitMs = 60_000;
    private const int Frames = 6000;

    private readonly JdatWriter _writer = new();
    private TemporaryFolder _folder = null!;
    private AudioEngine _engine = null!;

    [SetUp]
    public void MakeEngine()
    {
        _folder = new TemporaryFolder();
        _engine = new AudioEngine(new AudioEngineOptions { Nodes = NodeCatalogue.CreateDefault().Add(JdatSourceNode.NodeType).Add(JdatSinkNode.NodeType) });
        _engine.OpenDevice("null", new StreamRequest { Rate = 48000, PeriodFrames = 64, OutputChannels = 2 });
    }

    [TearDown]
    public void EndEngine()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Samples_come_back_bit_by_bit_with_their_times_and_what_follows_is_predicted()
    {
        float[] sent = Noise(2 * Frames);
        int source = Add("jdat_source", ("from", In), ("depth", 8192), ("frames", 8192));
        int sink = Add("jdat_sink", ("to", Out), ("block", 100), ("session", "loop"), ("frames", 1 << 20));
        _engine.Connect(source, sink);
        _engine.Start();
        using Socket listener = Connect("out");
        JdatLog log = new();
        JdatStream stream = new(log);

        // Connections fade in before there is anything to hear.
        ReadUntil(listener, stream, () => log.Samples.Length > 2 * 4800);
        using (Socket player = Connect("in"))
        {
            for (int at = 0; at < Frames; at += 250)
            {
                Send(player, new JdatAudio(new MeshTime(at), "play", 48000, 2), sent.AsSpan(2 * at, 500));
            }

            ReadUntil(listener, stream, () => StartOf(log.Samples) is >= 0 and int start && log.Samples.Length > start + sent.Length + 2000);
        }

        float[] heard = log.Samples;
        int begin = StartOf(heard);
        Assert.That(heard.AsSpan(begin, sent.Length).SequenceEqual(sent), "bit by bit");
        Assert.That(log.Faults, Is.Empty);
        Assert.That(log.Audio.Select(line => line.Audio.SessionId).Distinct(), Is.EqualTo(new[] { "loop" }));
        for (int i = 1; i < log.Audio.Count; i++)
        {
            long ns = log.Audio[i].Audio.TimestampGpu - log.Audio[i - 1].Audio.TimestampGpu;
            Assert.That(ns, Is.GreaterThan(0));
        }

        // Its last frames are in a line that has predicted ones behind them.
        Assert.That(log.Audio.Any(line => line.Audio.IsPnbtrProcessed), "a gap is said to be one");
        Assert.That(Number(source, "lines"), Is.EqualTo(Frames / 250));
        Assert.That(Number(source, "position"), Is.EqualTo(Frames));
        Assert.That(Number(source, "predicted_frames"), Is.GreaterThan(0));
    }

    [Test]
    public void Lines_of_another_format_are_refused_and_mono_goes_to_every_channel()
    {
        int source = Add("jdat_source", ("from", In), ("depth", 256));
        using Socket player = Connect("in");
        Send(player, new JdatAudio(MeshTime.Unknown, "", 44100, 2), new float[4]);
        Send(player, new JdatAudio(MeshTime.Unknown, "", 48000, 3), new float[6]);
        player.Send("what\n"u8);
        Send(player, new JdatAudio(MeshTime.Unknown, "x", 48000, 1), new float[100]);
        Wait(() => Number(source, "lines") == 4 && Number(source, "fill") == 100);
        Assert.That(Number(source, "faults"), Is.EqualTo(3));
        Assert.That(Text(source, "last_fault"), Does.Contain("not a JSON object"));
        Assert.That(Text(source, "session"), Is.EqualTo("x"));
        Assert.That(Number(source, "clients"), Is.EqualTo(1));
    }

    [Test]
    public void A_full_ring_makes_a_socket_wait_and_loses_nothing()
    {
        int source = Add("jdat_source", ("from", In), ("depth", 1024), ("frames", 1024));
        using Socket player = Connect("in");
        for (int i = 0; i < 10; i++)
        {
            Send(player, new JdatAudio(MeshTime.Unknown, "", 48000, 2), Noise(2 * 480));
        }

        Wait(() => Number(source, "fill") == 1024);
        int sink = Add("jdat_sink", ("to", Out));
        _engine.Connect(source, sink);
        _engine.Start();
        Wait(() => Number(source, "position") == 4800);
        Assert.That(Number(source, "lost_frames"), Is.Zero);
    }

    [Test]
    public void Stop_and_play_are_obeyed()
    {
        int source = Add("jdat_source", ("from", In), ("depth", 8192), ("frames", 8192));
        using Socket player = Connect("in");
        JdatAudio audio = new(MeshTime.Unknown, "", 48000, 2);
        Send(player, audio, new float[200]);
        player.Send(_writer.Write(new JdatTransport(MeshTime.Unknown, "", JdatTransportCommand.Stop)));
        Send(player, audio, new float[400]);
        player.Send(_writer.Write(new JdatTransport(MeshTime.Unknown, "", JdatTransportCommand.Play)));
        Send(player, audio, new float[200]);
        Wait(() => Number(source, "lines") == 5 && Number(source, "fill") == 200);
        Assert.That((Number(source, "stopped_frames"), Text(source, "command")), Is.EqualTo((200.0, "play")));
    }

    [TestCase("jdat_source", "from")]
    [TestCase("jdat_sink", "to")]
    public void A_place_that_is_none_is_named_and_leaves_nothing_behind(string type, string argument)
    {
        foreach ((string place, AudioErrorKind kind) in new[] { ("x", AudioErrorKind.InvalidArgument), ("udp:192.0.2.1:5", AudioErrorKind.PermissionDenied) })
        {
            AudioMeshException? error = Assert.Throws<AudioMeshException>(() => Add(type, (argument, place)));
            Assert.That((error!.Kind, error.Field), Is.EqualTo((kind, $"args.{argument}")));
        }

        int node = Add(type, (argument, In));
        Assert.That(Assert.Throws<AudioMeshException>(() => Add(type, (argument, In)))!.Kind, Is.EqualTo(AudioErrorKind.DeviceBusy));
        _engine.DestroyNode(node);
        Wait(() => !File.Exists(_folder.PathOf("in")));
        Add(type, (argument, In));
    }

    private static float[] Noise(int count)
    {
        float[] samples = new float[count];
        new RepeatableRandom(77).Fill(samples);
        return samples;
    }

    private static void Wait(Func<bool> isDone) => Assert.That(SpinWait.SpinUntil(isDone, LimitMs));

    private static int StartOf(float[] samples) => Array.FindIndex(samples, sample => sample != 0);

    private static void ReadUntil(Socket socket, JdatStream stream, Func<bool> isDone)
    {
        byte[] bytes = new byte[1 << 16];
        socket.ReceiveTimeout = LimitMs;
        while (!isDone())
        {
            stream.Feed(bytes.AsSpan(0, socket.Receive(bytes)));
        }
    }

    private string In => $"unix:{_folder.PathOf("in")}";

    private string Out => $"unix:{_folder.PathOf("out")}";

    private int Add(string type, params (string Name, ParameterValue Value)[] arguments) =>
        _engine.CreateNode(type, arguments.ToDictionary(a => a.Name, a => a.Value)).Id;

    private double Number(int node, string parameter) => _engine.FindNode(node).Get(parameter)!.Value.Number;

    private string Text(int node, string parameter) => _engine.FindNode(node).Get(parameter)!.Value.Text ?? "";

    private Socket Connect(string name)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_folder.PathOf(name)));
        return socket;
    }

    private void Send(Socket socket, in JdatAudio audio, ReadOnlySpan<float> samples) => socket.Send(_writer.Write(audio, samples));
}
