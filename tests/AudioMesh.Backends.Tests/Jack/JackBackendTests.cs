// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

[TestFixture]
internal sealed class JackBackendTests : JackFixture
{
    [Test]
    public void A_refused_rate_names_both_rates()
    {
        AudioMeshException error = Throws(AudioErrorKind.FormatUnsupported, () => New().Open(Request() with { Rate = 96_000 }, new Renderer()));
        Assert.That(error.Message, Does.Contain("96000").And.Contain("48000").And.Contain(Server.Name));
        Assert.That(New().Open(Request() with { Rate = 48_000 }, new Renderer()).Rate, Is.EqualTo(48_000));
    }

    [Test]
    public void A_sample_format_other_than_float_is_refused() =>
        Throws(AudioErrorKind.FormatUnsupported, () => New().Open(Request() with { Format = SampleFormat.Int16 }, new Renderer()));

    [Test]
    public void An_absent_server_is_told_from_a_present_one()
    {
        JackBackend backend = New();
        long openMs = Patience.MsOf(() => Throws(AudioErrorKind.DeviceUnavailable, () => backend.Open(new StreamRequest { Device = "am-nobody" }, null)));
        Assert.That(openMs, Is.LessThan(Patience.GivenUpMs));
        IReadOnlyList<AudioDevice> devices = backend.EnumerateDevices();
        Assert.That(devices, Has.Some.Matches<AudioDevice>(device => device!.Name == Server.Name));
        Assert.That(devices, Has.None.Matches<AudioDevice>(device => device!.Name == "am-nobody"));
    }

    [Test]
    public void Looking_for_servers_leaves_clients_alone_that_are_being_opened()
    {
        bool isOver = false;
        Thread looking = new(() =>
        {
            using JackBackend looker = new();
            while (!Volatile.Read(ref isOver))
            {
                looker.EnumerateDevices();
            }
        });
        looking.Start();
        try
        {
            JackBackend backend = New();
            for (int i = 0; i < 40; i++)
            {
                backend.Open(Request(), new Renderer());
                backend.Close();
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            looking.Join();
        }
    }

    [Test]
    public void A_name_that_is_taken_gets_a_number_and_says_so()
    {
        JackBackend first = NewRunning(Request(), out _);
        JackBackend second = NewRunning(Request(), out Renderer renderer);
        Assert.That(first.Stream!.ClientName, Is.EqualTo("amtest"));
        Assert.That(second.Stream!.ClientName, Is.Not.EqualTo("amtest").And.StartsWith("amtest"));
        Assert.That(second.Stream.Ports[0], Is.EqualTo($"{second.Stream.ClientName}:out_1"));
        Assert.That(renderer.Await(10), Is.True);
    }

    [Test]
    public void A_second_server_is_refused_while_one_is_open()
    {
        using JackServer another = new();
        JackBackend backend = New();
        backend.Open(Request(), new Renderer());
        AudioMeshException error = Throws(AudioErrorKind.DeviceBusy, () => New().Open(new StreamRequest { Device = another.Name }, null));
        Assert.That(error.Message, Does.Contain(Server.Name).And.Contain(another.Name));
        backend.Close();
        StreamInfo info = New().Open(new StreamRequest { Device = another.Name }, null);
        Assert.That(info.Device, Is.EqualTo(another.Name));
    }

    [Test]
    public void Plays_on_64_ports()
    {
        StreamRequest request = Request() with { OutputChannels = 64, InputChannels = 64 };
        JackBackend backend = NewRunning(request, out Renderer renderer);
        Assert.That(renderer.Await(100), Is.True);
        Assert.That(backend.Stream!.Ports, Has.Count.EqualTo(128).And.Unique);
        Assert.That(renderer.Blocks[0].OutputChannels, Is.EqualTo(64));
        Assert.That(renderer.Blocks[0].InputChannels, Is.EqualTo(64));
        Assert.That(renderer.AllocatedBytes, Is.Zero);
    }

    [Test]
    public void Ports_carry_the_names_asked_for()
    {
        StreamRequest request = Request() with { OutputChannels = 3, InputChannels = 1, OutputPorts = ["voix é", ""], InputPorts = ["mic"] };
        StreamInfo info = New().Open(request, new Renderer());
        Assert.That(info.Ports, Is.EqualTo((string[])["amtest:voix é", "amtest:out_2", "amtest:out_3", "amtest:mic"]));
    }

    [Test]
    public void Port_and_client_names_the_server_cannot_take_are_named_in_the_error()
    {
        JackBackend backend = New();
        string tooLong = new('x', 400);
        AudioMeshException port = Throws(AudioErrorKind.InvalidArgument, () => backend.Open(Request() with { OutputPorts = [tooLong] }, null));
        Assert.That(port.Message, Does.Contain(tooLong));
        Throws(AudioErrorKind.InvalidArgument, () => backend.Open(Request() with { OutputPorts = ["same", "same"] }, null));
        Throws(AudioErrorKind.InvalidArgument, () => backend.Open(Request() with { OutputPorts = ["1", "2", "3"] }, null));
        Throws(AudioErrorKind.InvalidArgument, () => backend.Open(Request() with { ClientName = "a:b" }, null));
        Throws(AudioErrorKind.InvalidArgument, () => backend.Open(Request() with { ClientName = "" }, null));
        backend.Open(Request(), new Renderer());
        backend.Start();
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
    }

    [Test]
    public void Connects_to_the_physical_ports_when_asked_to()
    {
        JackBackend connected = NewRunning(Request() with { InputChannels = 1 }, out _);
        JackBackend free = NewRunning(Request() with { ClientName = "free", AutoConnect = false }, out _);
        AwaitConnections(
            connected,
            new JackConnection("amtest:out_1", "system:playback_1"),
            new JackConnection("amtest:out_2", "system:playback_2"),
            new JackConnection("system:capture_1", "amtest:in_1"));
        Assert.That(free.GetConnections(), Is.Empty);
    }

    [Test]
    public void Connections_survive_a_stop()
    {
        JackBackend backend = NewRunning(Request(), out Renderer renderer);
        backend.Disconnect("amtest:out_2", "system:playback_2");
        backend.Stop();
        backend.Start();
        Assert.That(renderer.Await(3), Is.True);
        AwaitConnections(backend, new JackConnection("amtest:out_1", "system:playback_1"));
    }

    [Test]
    public void Connecting_what_is_not_there_or_does_not_fit_says_which()
    {
        JackBackend backend = NewRunning(Request(), out _);
        AudioMeshException missing = Throws(AudioErrorKind.NotFound, () => backend.Connect("amtest:out_1", "nobody:in"));
        Assert.That(missing.Message, Does.Contain("nobody:in"));
        Throws(AudioErrorKind.InvalidArgument, () => backend.Connect("system:playback_1", "amtest:out_1"));
        Throws(AudioErrorKind.InvalidArgument, () => backend.Disconnect("amtest:out_1", "system:playback_2"));
        backend.Connect("amtest:out_1", "system:playback_1");
        backend.Close();
        Throws(AudioErrorKind.InvalidState, () => backend.Connect("amtest:out_1", "system:playback_1"));
    }

    [Test]
    public void Latency_is_that_of_the_device_once_connected()
    {
        JackBackend backend = NewRunning(Request() with { InputChannels = 1, AutoConnect = false }, out Renderer renderer);
        Assert.That(backend.Stream!.OutputLatencyFrames, Is.Zero);
        backend.Connect("amtest:out_1", "system:playback_1");
        backend.Connect("system:capture_1", "amtest:in_1");
        bool known = SpinWait.SpinUntil(() => backend.Stream!.OutputLatencyFrames > 0 && backend.Stream.InputLatencyFrames > 0, Patience.Ms);
        Assert.That(known, Is.True, "latency of the ports");
        AwaitEvent(backend, DeviceEventKind.LatencyChanged);
        Assert.That(renderer.Await(5), Is.True);
        BlockRecord block = renderer.Blocks[^1];
        double latencyNs = backend.Stream!.OutputLatencyFrames * 1e9 / 48_000;
        Assert.That((double)(block.OutputTime - block.PeriodTime), Is.EqualTo(latencyNs).Within(1000));
    }

    [Test]
    public void A_new_buffer_size_reaches_blocks_events_and_stream()
    {
        JackBackend backend = NewRunning(Request(), out Renderer renderer);
        foreach (int frames in (int[])[256, 1024, 64])
        {
            backend.SetBufferSize(frames);
            Assert.That(AwaitEvent(backend, DeviceEventKind.PeriodChanged).Value, Is.EqualTo(frames));
            Assert.That(backend.Stream!.PeriodFrames, Is.EqualTo(frames));
            Assert.That(renderer.Await(10), Is.True);
            Assert.That(renderer.Blocks[^1].Frames, Is.EqualTo(frames));
        }

        Throws(AudioErrorKind.InvalidArgument, () => backend.SetBufferSize(0));
    }

    [Test]
    public void Freewheel_begins_and_ends_with_an_event_and_marks_its_blocks()
    {
        JackBackend backend = NewRunning(Request(), out Renderer renderer);
        backend.SetFreewheel(true);
        Assert.That(AwaitEvent(backend, DeviceEventKind.Freewheel).Value, Is.EqualTo(1));
        Assert.That(renderer.Await(1000), Is.True);
        Assert.That(renderer.Blocks[^1].Freewheeling, Is.True);
        backend.SetFreewheel(false);
        Assert.That(AwaitEvent(backend, DeviceEventKind.Freewheel).Value, Is.Zero);
        Assert.That(renderer.Await(50), Is.True);
        Assert.That(renderer.Blocks[^1].Freewheeling, Is.False);
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
    }

    [Test]
    public void Properties_of_ports_are_kept_by_the_server()
    {
        JackBackend backend = NewRunning(Request(), out _);
        backend.SetPortPrettyName("out_1", "Left");
        backend.SetPortOrder("out_1", 7);
        Assert.That(backend.GetPortProperty("out_1", "http://jackaudio.org/metadata/pretty-name"), Is.EqualTo("Left"));
        Assert.That(backend.GetPortProperty("out_1", "http://jackaudio.org/metadata/order"), Is.EqualTo("7"));
        Assert.That(backend.GetPortProperty("out_2", "http://jackaudio.org/metadata/order"), Is.Null);
        Throws(AudioErrorKind.NotFound, () => backend.SetPortPrettyName("out_9", "x"));
    }

    [TestCase(8000, 16)]
    [TestCase(192_000, 64)]
    [TestCase(384_000, 1024)]
    public void Runs_at_whatever_rate_and_period_the_server_has(int rate, int period)
    {
        using JackServer server = new(rate, period);
        JackBackend backend = NewRunning(new StreamRequest { Device = server.Name, Rate = rate }, out Renderer renderer);
        Assert.That(renderer.Await(50), Is.True);
        Assert.That(backend.Stream!.Rate, Is.EqualTo(rate));
        Assert.That(renderer.Blocks[^1].Frames, Is.EqualTo(period));
        backend.Close();
    }

    [Test]
    public void Three_seconds_of_ramp_arrive_at_another_client_without_a_gap()
    {
        for (int attempt = 0; attempt < 5; attempt++)
        {
            JackBackend backend = NewRunning(Request() with { OutputChannels = 8, AutoConnect = false }, out Renderer renderer);
            backend.SetBufferSize(256);
            backend.Stop();
            using JackCapture capture = new(backend.Stream!);
            backend.Start();
            Assert.That(renderer.AwaitFrames(renderer.Frames + (3 * 48_000)), Is.True);
            backend.Stop();
            Thread.Sleep(200);
            float[][] heard = capture.Take();
            backend.Close();
            bool hadXrun = false;
            while (backend.TryReadEvent(out DeviceEvent deviceEvent))
            {
                hadXrun |= deviceEvent.Kind == DeviceEventKind.Xrun;
            }

            if (!hadXrun)
            {
                Assert.That(Ramp.CountFollowing(heard, out _), Is.GreaterThan(2 * 48_000));
                return;
            }
        }

        Assert.Inconclusive("the machine was too busy to play three seconds without an xrun");
    }
}
