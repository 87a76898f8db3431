// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SimulatedMeshTests
{
    private static readonly byte[] Datagram = [1, 2, 3];
    private static readonly PeerAddress Group = PeerAddress.From(new IPEndPoint(IPAddress.Parse("239.255.1.2"), 50505));

    private readonly SimulatedMesh _mesh = new(1);

    [Test]
    public void Datagrams_take_as_long_as_their_direction_says()
    {
        (SimulatedHost a, Recorder atA) = Add("a", TimeSpan.FromSeconds(3));
        (SimulatedHost b, Recorder atB) = Add("b", TimeSpan.FromSeconds(7));
        _mesh.Connect(a, b, Delay(10), Delay(40));
        a.Port.Send(b.Address, Datagram);
        b.Port.Send(a.Address, Datagram);
        _mesh.Run(TimeSpan.FromMilliseconds(39));
        Assert.That(atA.Heard, Is.Empty);
        _mesh.Run(TimeSpan.FromMilliseconds(1));
        Assert.That(atB.Heard.Single().Arrival.Nanoseconds, Is.EqualTo(7_010_000_000));
        Assert.That(atA.Heard.Single().Arrival.Nanoseconds, Is.EqualTo(3_040_000_000));
        Assert.That(atA.Heard[0].From, Is.EqualTo(b.Address));
        Assert.That(atA.Heard[0].Datagram, Is.EqualTo(Datagram));
    }

    [Test]
    public void Handlers_are_ticked_when_they_asked_to_be_and_after_each_datagram()
    {
        (SimulatedHost a, _) = Add("a");
        (SimulatedHost b, Recorder atB) = Add("b");
        _mesh.Connect(a, b, Delay(7), Delay(7));
        atB.WhenNext = now => now.Add(10_000_000);
        b.Bind(atB);
        a.Port.Send(b.Address, Datagram);
        _mesh.Run(TimeSpan.FromMilliseconds(30));
        Assert.That(atB.Ticks.Select(tick => tick.Nanoseconds / 1_000_000), Is.EqualTo(new[] { 0, 0, 7, 17, 27 }));
    }

    [Test]
    public void A_group_reaches_its_members_and_not_the_sender()
    {
        (SimulatedHost a, Recorder atA) = Add("a");
        (SimulatedHost b, Recorder atB) = Add("b");
        (_, Recorder atC) = Add("c");
        _mesh.ConnectAll(Delay(1));
        a.JoinGroup(Group);
        b.JoinGroup(Group);
        a.Port.Send(Group, Datagram);
        _mesh.Run(TimeSpan.FromMilliseconds(2));
        b.LeaveGroup(Group);
        a.Port.Send(Group, Datagram);
        _mesh.Run(TimeSpan.FromMilliseconds(2));
        Assert.That(atB.Heard, Has.Count.EqualTo(1));
        Assert.That(atA.Heard.Concat(atC.Heard), Is.Empty);
    }

    [Test]
    public void A_partition_cuts_until_it_heals()
    {
        (SimulatedHost a, _) = Add("a");
        (SimulatedHost b, Recorder atB) = Add("b");
        (SimulatedHost c, Recorder atC) = Add("c");
        _mesh.ConnectAll(Delay(1));
        _mesh.Partition(a, c);
        SendToBoth();
        Assert.That(atB.Heard, Is.Empty);
        Assert.That(atC.Heard, Has.Count.EqualTo(1));
        _mesh.Heal();
        SendToBoth();
        Assert.That(atB.Heard, Has.Count.EqualTo(1));

        void SendToBoth()
        {
            a.Port.Send(b.Address, Datagram);
            a.Port.Send(c.Address, Datagram);
            _mesh.Run(TimeSpan.FromMilliseconds(2));
        }
    }

    [Test]
    public void A_suspended_host_hears_and_does_nothing_until_it_wakes_up()
    {
        (SimulatedHost a, _) = Add("a");
        (SimulatedHost b, Recorder atB) = Add("b");
        _mesh.Connect(a, b, Delay(0), Delay(0));
        List<long> fired = [];
        List<long> rendered = [];
        b.Every(TimeSpan.FromSeconds(1), () => fired.Add(b.Now.Nanoseconds / 1_000_000));
        b.RunDevice(48000, 48000, rendered.Add);
        a.Every(TimeSpan.FromSeconds(1), () => a.Port.Send(b.Address, Datagram));
        _mesh.Run(TimeSpan.FromSeconds(1.5));
        b.Suspend(TimeSpan.FromSeconds(5));
        _mesh.Run(TimeSpan.FromSeconds(7.5));
        Assert.That(fired, Is.EqualTo(new[] { 1000, 2000, 3000, 4000 }));
        Assert.That(rendered, Is.EqualTo(new[] { 0, 48000, 96000 }));
        Assert.That(atB.Heard, Has.Count.EqualTo(4));
        Assert.That(b.Unheard, Is.EqualTo(5));
        Assert.That(b.Now.Nanoseconds, Is.EqualTo(4_000_000_000));
    }

    [Test]
    public void A_clock_that_goes_on_through_a_sleep_fires_missed_timers_once()
    {
        (SimulatedHost a, _) = Add("a");
        List<long> fired = [];
        a.Every(TimeSpan.FromSeconds(1), () => fired.Add(a.Now.Nanoseconds / 1_000_000));
        _mesh.Run(TimeSpan.FromSeconds(1.5));
        a.Suspend(TimeSpan.FromSeconds(5), clockStops: false);
        _mesh.Run(TimeSpan.FromSeconds(6));
        Assert.That(fired, Is.EqualTo(new[] { 1000, 6500, 7000 }));
    }

    [Test]
    public void What_was_killed_is_gone_and_what_is_bound_again_lives()
    {
        (SimulatedHost a, Recorder atA) = Add("a");
        (SimulatedHost b, Recorder atB) = Add("b");
        _mesh.Connect(a, b, Delay(1), Delay(1));
        atB.WhenNext = now => now.Add(1_000_000);
        b.Bind(atB);
        int timers = 0;
        b.Every(TimeSpan.FromMilliseconds(1), () => timers++);
        a.Port.Send(b.Address, Datagram);
        b.Kill();
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That((atB.Heard.Count, atB.Ticks.Count, timers), Is.EqualTo((0, 2, 0)));
        Recorder next = new();
        b.Bind(next);
        a.Port.Send(b.Address, Datagram);
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That((next.Heard.Count, atB.Heard.Count, atA.Heard.Count), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public void A_host_that_moved_is_heard_from_its_new_address_and_reached_only_there()
    {
        (SimulatedHost a, Recorder atA) = Add("a");
        (SimulatedHost b, Recorder atB) = Add("b");
        _mesh.Connect(a, b, Delay(1), Delay(1));
        PeerAddress old = b.Address;
        a.Port.Send(old, Datagram);
        b.Move(PeerAddress.From(new IPEndPoint(IPAddress.Parse("10.9.9.9"), 50505)));
        a.Port.Send(old, Datagram);
        a.Port.Send(b.Address, Datagram);
        b.Port.Send(a.Address, Datagram);
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(atB.Heard, Has.Count.EqualTo(1));
        Assert.That(atA.Heard.Single().From, Is.EqualTo(b.Address).And.Not.EqualTo(old));
        Assert.That(_mesh.Costs.Unrouted, Is.EqualTo(1));
    }

    [Test]
    public void The_same_seed_delivers_the_same_and_another_does_not()
    {
        ulong first = HashOf(5);
        Assert.That(HashOf(5), Is.EqualTo(first));
        Assert.That(HashOf(6), Is.Not.EqualTo(first));
    }

    /// <summary>A number that every machine must come to.</summary>
    [Test]
    public void Deliveries_do_not_depend_on_the_machine() => Assert.That(HashOf(5), Is.EqualTo(18409794608445872984UL));

    private static ulong HashOf(ulong seed)
    {
        SimulatedMesh mesh = new(seed);
        for (int i = 0; i < 4; i++)
        {
            SimulatedHost host = mesh.AddHost($"{i}", new HostClock { Ppm = 10 * i, WanderPpbPerSecond = 20 });
            host.Bind(new Recorder());
            host.Every(TimeSpan.FromMilliseconds(5), () => host.Port.Send(mesh.Hosts[(host.Index + 1) % 4].Address, BitConverter.GetBytes(host.Now.Nanoseconds)));
        }

        mesh.ConnectAll(ImpairmentPresets.Find("bad-wifi") with { CorruptShare = 0.01, JitterShape = JitterShape.HeavyTailed });
        mesh.Run(TimeSpan.FromSeconds(60));
        return mesh.Hash;
    }

    private (SimulatedHost Host, Recorder Handler) Add(string name, TimeSpan offset = default)
    {
        SimulatedHost host = _mesh.AddHost(name, new HostClock { Offset = offset });
        Recorder handler = new();
        host.Bind(handler);
        return (host, handler);
    }

    private static ImpairmentOptions Delay(double ms) => new() { Delay = TimeSpan.FromMilliseconds(ms) };
}
