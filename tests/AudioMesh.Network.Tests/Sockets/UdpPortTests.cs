// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Sockets;

public sealed class UdpPortTests
{
    private static readonly UdpPortOptions Anywhere = new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("::ffff:127.0.0.1")]
    public void Datagrams_arrive_whole_with_their_sender_and_time(string address)
    {
        IPAddress ip = IPAddress.Parse(address);
        using UdpPort a = Open(ip.IsIPv4MappedToIPv6 ? IPAddress.Loopback : ip);
        using UdpPort b = Open(ip.IsIPv4MappedToIPv6 ? IPAddress.IPv6Any : ip);
        Recorder heard = new();
        b.Start(heard);
        PeerAddress to = PeerAddress.From(new IPEndPoint(ip, b.LocalAddress.Port));
        byte[][] sent = [.. new[] { 1, 64, 600, 1432, 8952 }.Select(bytes => TestSession.Random(bytes, (ulong)bytes))];
        MeshTime before = MeshClock.Now;
        foreach (byte[] datagram in sent)
        {
            a.Send(to, datagram);
        }

        heard.WaitFor(sent.Length);
        MeshTime after = MeshClock.Now;
        Assert.That(heard.Datagrams.Select(d => d.Bytes), Is.EqualTo(sent));
        Assert.That(heard.Datagrams.Select(d => d.From with { ScopeId = 0 }), Is.All.EqualTo(a.LocalAddress with { ScopeId = 0 }));
        Assert.That(heard.Datagrams.Select(d => d.Arrival), Is.All.InRange(before.Add(-1_000_000), after));
        Assert.That(a.Counters.Sent, Is.EqualTo(sent.Length));
        Assert.That(b.Counters.Received, Is.EqualTo(sent.Length));
    }

    [Test]
    public void The_kernel_says_when_a_datagram_came()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("only Linux is asked");
        }

        using UdpPort a = Open(IPAddress.Loopback);
        using UdpPort b = Open(IPAddress.Loopback);
        Recorder heard = new() { DelayMs = 20 };
        b.Start(heard);
        MeshTime before = MeshClock.Now;
        for (int i = 0; i < 20; i++)
        {
            a.Send(b.LocalAddress, [(byte)i]);
        }

        MeshTime sent = MeshClock.Now;
        heard.WaitFor(20);
        Assert.That(b.Counters.ReceivedWithoutKernelTime, Is.LessThan(20));
        Assert.That(
            heard.Datagrams.Count(d => d.Arrival > before.Add(-1_000_000) && d.Arrival < sent.Add(1_000_000)),
            Is.GreaterThanOrEqualTo(20 - b.Counters.ReceivedWithoutKernelTime),
            "when they came, not when the slow handler was given them");
    }

    [Test]
    public void Ticks_come_when_they_are_asked_for()
    {
        using UdpPort port = Open(IPAddress.Loopback);
        Recorder heard = new() { TickEveryMs = 3 };
        port.Start(heard);
        Assert.That(SpinWait.SpinUntil(() => heard.Ticks.Count >= 20, TimeSpan.FromSeconds(20)));
        MeshTime[] ticks = [.. heard.Ticks];
        Assert.That(ticks.Zip(ticks.Skip(1), (first, second) => second - first), Is.All.GreaterThanOrEqualTo(3_000_000));
    }

    [Test]
    public void A_group_is_heard_by_all_who_joined()
    {
        IPEndPoint group = new(IPAddress.Parse("239.255.77.77"), FreePort());
        UdpPortOptions options = Anywhere with { Groups = [group] };
        using UdpPort a = new(options);
        using UdpPort b = new(options);
        using UdpPort c = new(options);
        Recorder atB = new();
        Recorder atC = new();
        b.Start(atB);
        c.Start(atC);
        a.Send(PeerAddress.From(group), [1, 2, 3]);
        if (a.Counters.SendErrors != 0)
        {
            Assert.Ignore($"no multicast on this machine's loopback: error {a.Counters.LastError}");
        }

        foreach (Recorder heard in (Recorder[])[atB, atC])
        {
            heard.WaitFor(1);
            Assert.That(heard.Datagrams.Single().From, Is.EqualTo(a.LocalAddress));
        }
    }

    [Test]
    public void What_cannot_be_sent_is_counted()
    {
        using UdpPort port = Open(IPAddress.Loopback);
        port.Send(PeerAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, 9)), [1]);
        Assert.That(port.Counters.SendErrors, Is.EqualTo(1), "IPv6 from a port of IPv4");
        port.Send(port.LocalAddress, new byte[70_000]);
        Assert.That(port.Counters.SendErrors, Is.EqualTo(2), "more than a datagram");
        Assert.That(port.Counters.LastError, Is.Not.Zero);
        Assert.That(port.Counters.Sent, Is.Zero);
    }

    [Test]
    public void Nobody_there_is_no_error_that_ends_it()
    {
        using UdpPort a = Open(IPAddress.Loopback);
        Recorder heard = new();
        a.Start(heard);
        PeerAddress nobody = PeerAddress.From(new IPEndPoint(IPAddress.Loopback, FreePort()));
        for (int i = 0; i < 10; i++)
        {
            a.Send(nobody, [1]);
        }

        a.Send(a.LocalAddress, [2]);
        heard.WaitFor(1);
        Assert.That(heard.Datagrams.Single().Bytes, Is.EqualTo((byte[])[2]));
    }

    [Test]
    public void Datagrams_longer_than_any_of_ours_are_dropped()
    {
        using UdpPort a = Open(IPAddress.Loopback);
        using UdpPort b = Open(IPAddress.Loopback);
        Recorder heard = new();
        b.Start(heard);
        a.Send(b.LocalAddress, new byte[20_000]);
        a.Send(b.LocalAddress, [1]);
        heard.WaitFor(1);
        Assert.That(heard.Datagrams.Single().Bytes, Is.EqualTo((byte[])[1]));
        Assert.That(b.Counters.Truncated, Is.EqualTo(1));
    }

    [Test]
    public void A_handler_at_fault_does_not_end_it()
    {
        using UdpPort port = Open(IPAddress.Loopback);
        Recorder heard = new() { Fails = true };
        port.Start(heard);
        port.Send(port.LocalAddress, [1]);
        port.Send(port.LocalAddress, [2]);
        heard.WaitFor(2);
        Assert.That(SpinWait.SpinUntil(() => port.Counters.HandlerFaults == 2, TimeSpan.FromSeconds(20)));
        Assert.That(port.Counters.LastFault, Is.TypeOf<InvalidDataException>());
    }

    [Test]
    public void An_address_in_use_is_named()
    {
        using UdpPort first = Open(IPAddress.Loopback);
        UdpPortOptions same = new() { Bind = first.LocalAddress.ToEndPoint() };
        Assert.That(
            () => new UdpPort(same),
            Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(AudioErrorKind.DeviceBusy).And.Message.Contains($"{first.LocalAddress.Port}"));
        Assert.That(
            () => new UdpPort(Anywhere with { Bind = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0) }),
            Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(AudioErrorKind.NotFound));
        Assert.That(
            () => new UdpPort(Anywhere with { Groups = [new IPEndPoint(IPAddress.Loopback, 1)] }),
            Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void It_hears_loopback_only_unless_told_otherwise() => Assert.That(new UdpPortOptions().Bind, Is.EqualTo(new IPEndPoint(IPAddress.Loopback, 50505)));

    [Test]
    public void A_closed_port_sends_nothing_and_is_free_again()
    {
        UdpPort port = Open(IPAddress.Loopback);
        port.Start(new Recorder());
        PeerAddress was = port.LocalAddress;
        port.Dispose();
        port.Dispose();
        port.Send(was, [1]);
        Assert.That(port.Counters.Sent, Is.Zero);
        Assert.That(() => port.Start(new Recorder()), Throws.TypeOf<AudioMeshException>());
        using UdpPort again = new(new UdpPortOptions { Bind = was.ToEndPoint() });
    }

    [Test]
    public void Threads_that_send_while_it_closes_come_to_no_harm()
    {
        for (int round = 0; round < 20; round++)
        {
            UdpPort port = Open(IPAddress.Loopback);
            PeerAddress to = port.LocalAddress;
            Task[] senders = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                for (int i = 0; i < 500; i++)
                {
                    port.Send(to, [1]);
                }
            }))];
            port.Dispose();
            Task.WaitAll(senders);
            Assert.That(port.Counters.SendErrors, Is.Zero);
        }
    }

    [Test]
    public void Sending_allocates_nothing()
    {
        using UdpPort port = Open(IPAddress.Loopback);
        byte[] datagram = new byte[500];
        PeerAddress to = port.LocalAddress;
        AllocationGate.AssertNone(() => port.Send(to, datagram));
    }

    [Test]
    public void Receiving_allocates_nothing()
    {
        using UdpPort port = Open(IPAddress.Loopback);
        AllocationMeter meter = new();
        port.Start(meter);
        for (int i = 0; i < 2000; i++)
        {
            port.Send(port.LocalAddress, [1]);
            SpinWait.SpinUntil(() => meter.Received > i, TimeSpan.FromSeconds(5));
        }

        Assert.That(meter.Received, Is.EqualTo(2000));
        Assert.That(meter.Allocated, Is.Zero);
    }

    private static UdpPort Open(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
        {
            Assert.Ignore("no IPv6 on this machine");
        }

        return new UdpPort(Anywhere with { Bind = new IPEndPoint(address, 0) });
    }

    private static int FreePort()
    {
        using UdpPort port = Open(IPAddress.Loopback);
        return port.LocalAddress.Port;
    }
}
