// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Network.Tests.Impairment;

/// <summary>Real sockets, on the loopback only.</summary>
internal sealed class UdpRelayTests
{
    private const ulong Seed = 7;
    private static readonly IPEndPoint Any = new(IPAddress.Loopback, 0);

    [Test]
    public void What_comes_back_is_exactly_what_the_seeds_let_through()
    {
        const int Packets = 500;
        ImpairmentOptions there = new() { Loss = GilbertElliott.Of(0.1, 3), DuplicateShare = 0.05 };
        ImpairmentOptions back = new() { Loss = GilbertElliott.Of(0.05, 2), Delay = TimeSpan.FromMilliseconds(2) };
        List<int> expected = Planned(there, back, Packets);
        using EchoServer echo = new();
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = Any, Target = echo.EndPoint, There = there, Back = back, Seed = Seed });
        using UdpClientSocket client = new(relay.Listen);
        Assert.That(SendInSmallSteps(client, relay, Packets, expected), Is.EqualTo(expected));
        relay.Dispose();
        UdpRelayStatistics statistics = relay.Statistics;
        Assert.That((statistics.There.Packets, statistics.Back.Delivered), Is.EqualTo((Packets, expected.Count)));
        Assert.That(statistics.There.Delivered + statistics.There.Copied, Is.EqualTo(statistics.Back.Packets));
        Assert.That((statistics.NoRoom, statistics.NotSent, statistics.Strangers, statistics.Refused), Is.EqualTo((0, 0, 0, 0)));
    }

    [Test]
    public void Packets_of_a_kind_are_lost_as_its_seed_says_whatever_comes_between()
    {
        const int Packets = 400;
        ImpairmentOptions lossy = new() { Loss = GilbertElliott.Of(0.2, 2) };
        KindWatch watch = new();
        using EchoServer echo = new();
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = Any, Target = echo.EndPoint, There = lossy, Seed = Seed, Watch = watch });
        using UdpClientSocket client = new(relay.Listen);
        int[] kinds = [.. Enumerable.Range(0, Packets).Select(i => i * i % 7 % 3)];
        Array.ForEach(kinds, kind => client.Send(kind));
        Assert.That(() => relay.Statistics.There.Packets, Is.EqualTo(Packets).After(20_000, 20));
        relay.Dispose();
        Assert.That(watch.Seen.Select(seen => seen.Kind), Is.EqualTo(kinds));
        for (int kind = 0; kind < 3; kind++)
        {
            ImpairmentModel model = new(lossy, Seed + ((ulong)kind << 32), default);
            bool[] delivered = [.. watch.Seen.Where(seen => seen.Kind == kind).Select(seen => seen.IsDelivered)];
            Assert.That(delivered, Is.EqualTo(delivered.Select((_, i) => model.Next(new MeshTime(i), 64).IsDelivered)), $"kind {kind}");
        }

        Assert.That(relay.Statistics.There.Delivered, Is.EqualTo(watch.Seen.Count(seen => seen.IsDelivered)));
    }

    [Test]
    public void Every_client_hears_only_its_own()
    {
        using EchoServer echo = new();
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = Any, Target = echo.EndPoint });
        UdpClientSocket[] clients = [.. Enumerable.Range(0, 20).Select(_ => new UdpClientSocket(relay.Listen))];
        for (int i = 0; i < clients.Length; i++)
        {
            clients[i].Send(i);
            Assert.That(clients[i].Hear(1), Is.EqualTo(new[] { i }));
        }

        relay.Dispose();
        Assert.That((relay.Statistics.ClientsSeen, relay.Statistics.Back.Delivered), Is.EqualTo((20, 20)));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Test]
    public void Clients_are_bounded_and_the_silent_make_room()
    {
        using EchoServer echo = new();
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions
        {
            Listen = Any, Target = echo.EndPoint, MaxClients = 1, ClientTimeout = TimeSpan.FromSeconds(1),
        });
        using UdpClientSocket first = new(relay.Listen);
        using UdpClientSocket second = new(relay.Listen);
        first.Send(1);
        first.Hear(1);
        second.Send(2);
        Assert.That(() => relay.Statistics.Refused, Is.EqualTo(1).After(5000, 20));
        Assert.That(() => relay.Statistics.Clients, Is.Zero.After(20_000, 50));
        second.Send(3);
        Assert.That(second.Hear(1), Is.EqualTo(new[] { 3 }));
        Assert.That(() => relay.Statistics.There.Packets, Is.EqualTo(2).After(5000, 20), "those of the forgotten client still count");
    }

    [Test]
    public void Nothing_comes_back_before_both_delays_are_over()
    {
        using EchoServer echo = new();
        ImpairmentOptions way = new() { Delay = TimeSpan.FromMilliseconds(20) };
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = Any, Target = echo.EndPoint, There = way, Back = way });
        using UdpClientSocket client = new(relay.Listen);
        for (int i = 0; i < 20; i++)
        {
            MeshTime sent = MeshClock.Now;
            client.Send(i);
            client.Hear(1);
            Assert.That(MeshClock.Now - sent, Is.GreaterThanOrEqualTo(40_000_000));
        }

        relay.Dispose();
        UdpRelayStatistics statistics = relay.Statistics;
        TestContext.Out.WriteLine($"late p50 {statistics.LatenessP50Us} us, p99 {statistics.LatenessP99Us} us, most {statistics.LatenessMaxUs} us, {relay.Grant}");
    }

    [Test]
    public void Datagrams_of_any_size_pass_and_what_has_no_room_is_counted()
    {
        using EchoServer echo = new();
        ImpairmentOptions slow = new() { Delay = TimeSpan.FromSeconds(30) };
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = Any, Target = echo.EndPoint, MaxBytes = 65_536, Back = slow });
        using UdpClientSocket client = new(relay.Listen);
        client.Send(1, 60_000);
        Assert.That(() => relay.Statistics.Back.Packets, Is.EqualTo(1).After(10_000, 20));
        client.Send(2, 60_000);
        Assert.That(() => relay.Statistics.NoRoom, Is.EqualTo(1).After(10_000, 20));
    }

    [Test]
    public void Strangers_on_the_targets_side_are_not_passed_on()
    {
        using Socket target = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        target.Bind(Any);
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = Any, Target = (IPEndPoint)target.LocalEndPoint! });
        using UdpClientSocket client = new(relay.Listen);
        client.Send(1);
        EndPoint upstream = new IPEndPoint(IPAddress.Any, 0);
        target.ReceiveFrom(new byte[100], ref upstream);
        using Socket stranger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.SendTo(new byte[10], upstream);
        target.SendTo(BitConverter.GetBytes(5), upstream);
        Assert.That(client.Hear(1), Is.EqualTo(new[] { 5 }));
        relay.Dispose();
        Assert.That(relay.Statistics.Strangers, Is.EqualTo(1));
    }

    [Test]
    public void IPv6_passes_too()
    {
        if (!Socket.OSSupportsIPv6)
        {
            Assert.Ignore("this system has no IPv6");
        }

        IPEndPoint any = new(IPAddress.IPv6Loopback, 0);
        using Socket target = new(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        using Socket client = new(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        target.Bind(any);
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = any, Target = (IPEndPoint)target.LocalEndPoint! });
        client.SendTo(new byte[7], relay.Listen);
        EndPoint upstream = any;
        Assert.That(target.ReceiveFrom(new byte[100], ref upstream), Is.EqualTo(7));
        target.SendTo(new byte[9], upstream);
        Assert.That(client.Receive(new byte[100]), Is.EqualTo(9));
    }

    [Test]
    public void Relaying_allocates_next_to_nothing_once_it_is_warm()
    {
        const int Rounds = 5000;
        using Socket target = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        target.Bind(Any);
        using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = Any, Target = (IPEndPoint)target.LocalEndPoint! });
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(relay.Listen);
        byte[] datagram = new byte[100];
        SendAndHear(500);
        long mineBefore = GC.GetAllocatedBytesForCurrentThread();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        SendAndHear(Rounds);
        long mine = GC.GetAllocatedBytesForCurrentThread() - mineBefore;
        long relays = GC.GetTotalAllocatedBytes(precise: true) - before - mine;
        Assert.That(relays, Is.LessThan(Rounds * 20), "an object for each packet would be 24 bytes or more; the statistics are a few a second");

        void SendAndHear(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                client.Send(datagram);
                target.Receive(datagram);
            }
        }
    }

    [Test]
    public void A_port_that_is_taken_is_named()
    {
        using EchoServer echo = new();
        Assert.That(
            () => UdpRelay.Start(new UdpRelayOptions { Listen = echo.EndPoint, Target = echo.EndPoint }),
            Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.DeviceBusy).And.Message.Contains($"{echo.EndPoint}"));
    }

    [Test]
    public void A_relay_starts_and_stops_over_and_over()
    {
        using EchoServer echo = new();
        IPEndPoint listen = Any;
        for (int i = 0; i < 20; i++)
        {
            using UdpRelay relay = UdpRelay.Start(new UdpRelayOptions { Listen = listen, Target = echo.EndPoint });
            listen = relay.Listen;
            using UdpClientSocket client = new(listen);
            client.Send(i);
            Assert.That(client.Hear(1), Is.EqualTo(new[] { i }));
        }
    }

    /// <summary>Numbers as they come back when nothing is lost but by the models, whose decisions here depend on the numbers of packets alone.</summary>
    private static List<int> Planned(ImpairmentOptions there, ImpairmentOptions back, int packets)
    {
        ImpairmentModel wayThere = new(there, Seed, default);
        ImpairmentModel wayBack = new(back, Seed + 1, default);
        List<int> numbers = [];
        for (int i = 0; i < packets; i++)
        {
            PacketFate fate = wayThere.Next(new MeshTime(i), 64);
            for (int copy = 0; copy < (fate.IsDelivered ? fate.IsCopied ? 2 : 1 : 0); copy++)
            {
                if (wayBack.Next(new MeshTime(i), 64).IsDelivered)
                {
                    numbers.Add(i);
                }
            }
        }

        return numbers;
    }

    // Few are on their way at once, so that no socket's buffer can lose any.
    private static List<int> SendInSmallSteps(UdpClientSocket client, UdpRelay relay, int packets, List<int> expected)
    {
        List<int> heard = [];
        for (int first = 0; first < packets; first += 50)
        {
            for (int i = first; i < first + 50; i++)
            {
                client.Send(i);
            }

            heard.AddRange(client.Hear(expected.Count(number => number >= first && number < first + 50)));
            Assert.That(() => relay.Statistics.There.Packets, Is.EqualTo(first + 50).After(10_000, 10));
        }

        return heard;
    }
}
