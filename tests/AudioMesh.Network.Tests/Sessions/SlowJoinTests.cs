// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>Members that announce themselves with the right key and then say nothing more, or a word now and then: half-open joins, and recordings of other days.</summary>
internal sealed class SlowJoinTests
{
    private const int MaxPeers = 16;
    private const int BytesKept = 4_000_000;

    private static readonly ImpairmentOptions Lan = new() { Delay = TimeSpan.FromMicroseconds(200), Jitter = TimeSpan.FromMicroseconds(100) };

    private SimulatedMesh _mesh = null!;
    private SimulatedHost _host = null!;
    private ToastSession _session = null!;

    [SetUp]
    public void MakeSession()
    {
        _mesh = new SimulatedMesh(5);
        _host = _mesh.AddHost("host", new HostClock());
        _session = new ToastSession(
            new ToastSessionOptions { Name = "host", Identity = new SenderIdentity(Member.Key, 1), MaxPeers = MaxPeers, HostClock = () => _host.Now }, _host.Port);
        _host.Bind(_session);
        _host.Every(TimeSpan.FromMilliseconds(10), _session.Maintain);
    }

    [TearDown]
    public void EndSession() => _session.Dispose();

    [TestCase(50)]
    [TestCase(400)]
    public void Joins_that_are_never_finished_keep_nobody_out_and_are_forgotten(int joinsPerSecond)
    {
        using Member early = Join("early");
        _mesh.Run(TimeSpan.FromSeconds(2));
        HalfOpen attack = new(_mesh, _host, joinsPerSecond);
        attack.Run(6);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using Member late = Join("late");
        int found = 0;
        for (int second = 0; second < 6; second++)
        {
            attack.Run(1);
            Assert.That(_session.Peers, Has.Count.LessThanOrEqualTo(MaxPeers));
            Assert.That(IsThere("early"), "who was there stays there");
            found += IsThere("late") ? 1 : 0;
        }

        Assert.That(found, Is.GreaterThanOrEqualTo(4), "who comes meanwhile gets in soon, and stays");
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(BytesKept), "bytes kept");
        _mesh.Run(TimeSpan.FromSeconds(6));
        Assert.That(_session.Peers.Select(peer => peer.Name), Is.EquivalentTo(["early", "late"]));
    }

    [Test]
    public void A_place_that_a_member_proved_is_never_taken_by_one_that_did_not()
    {
        Member[] members = [.. Enumerable.Range(0, MaxPeers).Select(i => Join($"m{i}"))];
        _mesh.Run(TimeSpan.FromSeconds(2));
        HalfOpen attack = new(_mesh, _host, 100);
        attack.Run(2);
        Assert.That(_session.Peers.Count(peer => peer.IsProven), Is.EqualTo(MaxPeers));
        foreach (Member member in members)
        {
            member.Dispose();
        }
    }

    private Member Join(string name)
    {
        SimulatedHost host = _mesh.AddHost(name, new HostClock { Offset = TimeSpan.FromSeconds(3) });
        _mesh.Connect(host, _host, Lan, Lan);
        return new Member(host, name, _host.Address);
    }

    private bool IsThere(string name) => _session.Peers.Any(peer => peer.Name == name && peer.IsProven && !peer.IsLost);

    /// <summary>Sends announcements with the right key, each of a member of its own that never answers.</summary>
    private sealed class HalfOpen(SimulatedMesh mesh, SimulatedHost victim, int perSecond)
    {
        private readonly byte[] _buffer = new byte[DatagramSize.Default];
        private readonly PeerAddress _from = PeerAddress.From(new System.Net.IPEndPoint(System.Net.IPAddress.Parse("10.9.9.9"), 9));
        private ulong _next = 1UL << 60;

        public void Run(int seconds)
        {
            for (int i = 0; i < seconds * perSecond; i++)
            {
                using EnvelopeSealer sealer = new(new SenderIdentity(Member.Key, _next++));
                int bytes = new AnnounceBody("slow", Capabilities.None, [], []).Write(EnvelopeSealer.BodyOf(_buffer));
                mesh.Inject(_from, victim, _buffer.AsSpan(0, sealer.Seal(MessageType.Announce, _buffer, bytes)));
                mesh.Run(TimeSpan.FromSeconds(1.0 / perSecond));
            }
        }
    }
}
