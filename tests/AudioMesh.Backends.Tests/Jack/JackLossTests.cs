// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>Servers that crash, end, hang and return.</summary>
[TestFixture]
internal sealed class JackLossTests : JackFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public void After_the_server_went_and_returned_ports_connections_and_properties_are_as_before(bool crashes)
    {
        StreamRequest request = Request() with { InputChannels = 2, OutputPorts = ["main left"], AutoConnect = false };
        JackBackend backend = NewRunning(request, out _);
        string[] ports = [.. backend.Stream!.Ports];
        JackConnection[] connections =
        [
            new("amtest:main left", "system:playback_2"),
            new("amtest:out_2", "system:playback_1"),
            new("system:capture_1", "amtest:in_2"),
        ];
        foreach (JackConnection connection in connections)
        {
            backend.Connect(connection.Source, connection.Destination);
        }

        backend.SetPortPrettyName("main left", "Links");
        Thread.Sleep(1000);
        if (crashes)
        {
            Server.Crash();
        }
        else
        {
            Server.Terminate();
        }

        DeviceEvent lost = AwaitEvent(backend, DeviceEventKind.Lost);
        Assert.That((AudioErrorKind)lost.Value, Is.EqualTo(AudioErrorKind.DeviceLost));
        Assert.That(backend.State, Is.EqualTo(BackendState.Lost));
        Assert.That(backend.LostReason, Does.Contain(Server.Name));
        Throws(AudioErrorKind.DeviceLost, () => backend.GetConnections());
        Assert.That(Patience.MsOf(backend.Close), Is.LessThan(Patience.GivenUpMs));
        Throws(AudioErrorKind.DeviceUnavailable, () => backend.Open(request, new Renderer()));

        Server.Start();
        Renderer renderer = new();
        backend.Open(request, renderer);
        backend.Start();
        Assert.That(renderer.Await(10), Is.True);
        Assert.That(backend.Stream!.Ports, Is.EqualTo(ports));
        AwaitConnections(backend, connections);
        Assert.That(backend.GetPortProperty("main left", "http://jackaudio.org/metadata/pretty-name"), Is.EqualTo("Links"));
    }

    [Test]
    public void A_crash_is_noticed_at_once()
    {
        JackBackend backend = New();
        long noticedMs = Patience.ShortestMs(tries: 4, () =>
        {
            backend.Open(Request(), new Renderer());
            backend.Start();
            Server.Crash();
            long ms = Patience.MsOf(() => AwaitEvent(backend, DeviceEventKind.Lost));
            backend.Close();
            Server.Start();
            return ms;
        });
        Assert.That(noticedMs, Is.LessThan(500));
    }

    [Test]
    public void A_connection_taken_away_on_purpose_does_not_come_back()
    {
        JackBackend backend = NewRunning(Request(), out _);
        backend.Disconnect("amtest:out_1", "system:playback_1");
        Server.Crash();
        AwaitEvent(backend, DeviceEventKind.Lost);
        backend.Close();
        Server.Start();
        backend.Open(Request(), new Renderer());
        backend.Start();
        AwaitConnections(backend, new JackConnection("amtest:out_2", "system:playback_2"));
    }

    [Test]
    public void A_peer_that_returns_after_us_is_connected_again()
    {
        StreamRequest request = Request() with { AutoConnect = false };
        StreamRequest peerRequest = Request() with { ClientName = "peer", OutputChannels = 0, InputChannels = 1, AutoConnect = false };
        JackBackend backend = NewRunning(request, out _);
        JackBackend peer = NewRunning(peerRequest, out _);
        backend.Connect("amtest:out_1", "peer:in_1");
        Thread.Sleep(200);
        Server.Crash();
        AwaitEvent(backend, DeviceEventKind.Lost);
        AwaitEvent(peer, DeviceEventKind.Lost);
        backend.Close();
        peer.Close();
        Server.Start();
        backend.Open(request, new Renderer());
        backend.Start();
        Assert.That(backend.GetConnections(), Is.Empty);
        peer.Open(peerRequest, new Renderer());
        peer.Start();
        AwaitConnections(backend, new JackConnection("amtest:out_1", "peer:in_1"));
    }

    [Test]
    public void All_streams_on_a_lost_server_are_closed_before_its_successor_is_opened()
    {
        JackBackend one = NewRunning(Request(), out _);
        JackBackend other = NewRunning(Request(), out _);
        Server.Crash();
        AwaitEvent(one, DeviceEventKind.Lost);
        AwaitEvent(other, DeviceEventKind.Lost);
        Server.Start();
        one.Close();
        Throws(AudioErrorKind.DeviceBusy, () => one.Open(Request(), new Renderer()));
        other.Close();
        one.Open(Request(), new Renderer());
        one.Start();
        Assert.That(one.State, Is.EqualTo(BackendState.Running));
    }

    [Test]
    public void A_server_that_hangs_is_lost_closed_in_time_and_opened_again_once_it_answers()
    {
        JackBackend backend = NewRunning(Request(), out _);
        Server.Freeze();
        long noticedMs = Patience.MsOf(() => AwaitEvent(backend, DeviceEventKind.Lost));
        Assert.That(noticedMs, Is.GreaterThan(400));
        Assert.That(backend.LostReason, Does.Contain("hangs"));
        Assert.That(Patience.MsOf(backend.Stop), Is.LessThan(Patience.GivenUpMs));
        Assert.That(Patience.MsOf(backend.Close), Is.LessThan(Patience.GivenUpMs));
        long openMs = Patience.MsOf(() => Throws(AudioErrorKind.Timeout, () => backend.Open(Request(), new Renderer())));
        Assert.That(openMs, Is.LessThan(Patience.GivenUpMs));
        Server.Thaw();
        AwaitOpen(backend);
        backend.Start();
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
        AwaitConnections(
            backend, new JackConnection("amtest:out_1", "system:playback_1"), new JackConnection("amtest:out_2", "system:playback_2"));
    }

    [Test]
    public void Opening_a_server_that_hangs_fails_in_time_and_works_once_it_was_replaced()
    {
        Server.Freeze();
        JackBackend backend = New();
        long openMs = Patience.MsOf(() => Throws(AudioErrorKind.Timeout, () => backend.Open(Request(), new Renderer())));
        Assert.That(openMs, Is.LessThan(Patience.GivenUpMs));
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
        Server.Crash();
        Server.Start();
        AwaitOpen(backend);
        backend.Start();
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
    }

    [Test]
    public void Calls_to_a_server_that_hangs_give_up_in_time()
    {
        JackBackend backend = NewRunning(Request(), out _);
        Server.Freeze();
        long callMs = Patience.MsOf(() => Assert.Throws<AudioMeshException>(() => backend.Connect("amtest:out_1", "system:playback_2")));
        Assert.That(callMs, Is.LessThan(Patience.GivenUpMs));
        Assert.That(Patience.MsOf(backend.Close), Is.LessThan(Patience.GivenUpMs));
        Server.Thaw();
    }

    private void AwaitOpen(JackBackend backend)
    {
        AudioMeshException? last = null;
        bool opened = SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    backend.Open(Request(), new Renderer());
                    return true;
                }
                catch (AudioMeshException e)
                {
                    last = e;
                    Thread.Sleep(50);
                    return false;
                }
            },
            Patience.Ms);
        Assert.That(opened, Is.True, last?.Message);
    }
}
