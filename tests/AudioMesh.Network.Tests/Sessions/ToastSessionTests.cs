// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Media;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>Members of a session in virtual time.</summary>
internal sealed class ToastSessionTests
{
    private static readonly ImpairmentOptions Lan = new() { Delay = TimeSpan.FromMicroseconds(100), Jitter = TimeSpan.FromMicroseconds(50) };

    private SimulatedMesh _mesh = null!;
    private SimulatedHost _one = null!;
    private SimulatedHost _other = null!;

    [SetUp]
    public void SetUpMesh()
    {
        _mesh = new SimulatedMesh(7);
        _one = _mesh.AddHost("one", new HostClock { Offset = TimeSpan.FromSeconds(5) });
        _other = _mesh.AddHost("other", new HostClock { Offset = TimeSpan.FromHours(1) });
        _mesh.ConnectAll(Lan);
    }

    [Test]
    public void Members_find_each_other_and_prove_that_they_live()
    {
        using Member a = new(_one, "anna", _other.Address);
        using Member b = new(_other, "ben");
        _mesh.Run(TimeSpan.FromSeconds(2));
        Assert.That(a.Session.Peers.Single(), Has.Property("Name").EqualTo("ben").And.Property("IsProven").True);
        Assert.That(b.Session.Peers.Single(), Has.Property("Name").EqualTo("anna").And.Property("IsProven").True);
        Assert.That(a.Events().Select(e => e.Kind), Does.Contain(SessionEventKind.PeerFound));
        double apart = a.Session.Timebase.ToMesh(_one.Now) - b.Session.Timebase.ToMesh(_other.Now);
        Assert.That(Math.Abs(apart), Is.LessThan(100_000));
    }

    [Test]
    public void A_stream_is_heard_by_who_wants_it()
    {
        using Member a = new(_one, "anna", _other.Address);
        using Member b = new(_other, "ben");
        OutgoingStream voice = a.Session.Offer("voice", Member.Rate, 1, Member.Period);
        a.Play(voice, Sine);
        b.Listen(b.Session.Subscribe(new SubscriptionOptions { Peer = "anna", Stream = "voice", MinDepthMs = 2 }));
        _mesh.Run(TimeSpan.FromSeconds(5));
        Assert.That(voice.TargetCount, Is.EqualTo(1));
        AssertHeard(b);
        Assert.That(a.Session.Drops.Total, Is.Zero);
        Assert.That(b.Session.Drops.Total - b.Session.Drops[DropCause.None], Is.LessThan(20), "only what came before the first proof");
    }

    [Test]
    public void A_stream_that_is_wanted_twice_is_sent_once_and_heard_twice()
    {
        using Member a = new(_one, "anna", _other.Address);
        using Member b = new(_other, "ben");
        OutgoingStream voice = a.Session.Offer("voice", Member.Rate, 1, Member.Period);
        a.Play(voice, Sine);
        IncomingStream[] streams =
        [
            b.Session.Subscribe(new SubscriptionOptions { Stream = "voice" }),
            b.Session.Subscribe(new SubscriptionOptions { Stream = "voice", Predicts = false }),
        ];
        Array.ForEach(streams, stream => b.Listen(stream));
        _mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That(voice.TargetCount, Is.EqualTo(1));
        long[] packets = [.. streams.Select(stream => stream.Receiver!.Statistics.Packets)];
        Assert.That(packets[0], Is.GreaterThan(1000).And.EqualTo(packets[1]));
        Assert.That(voice.Datagrams - packets[0], Is.LessThan(200), "what was sent before both were there");

        streams[0].Dispose();
        _mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That(streams[1].Receiver!.Statistics.Packets - packets[1], Is.GreaterThan(2000), "the other goes on");
        streams[1].Dispose();
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(voice.TargetCount, Is.Zero);
    }

    [Test]
    public void Nobody_is_sent_what_he_does_not_want()
    {
        using Member a = new(_one, "anna", _other.Address);
        using Member b = new(_other, "ben");
        OutgoingStream voice = a.Session.Offer("voice", Member.Rate, 1, Member.Period);
        a.Play(voice, Sine);
        _mesh.Run(TimeSpan.FromSeconds(2));
        Assert.That((voice.TargetCount, voice.Datagrams), Is.EqualTo((0, 0L)));
        IncomingStream wanted = b.Session.Subscribe(new SubscriptionOptions());
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(voice.TargetCount, Is.EqualTo(1));
        wanted.Dispose();
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(voice.TargetCount, Is.Zero);
    }

    [Test]
    public void Another_key_or_session_is_never_heard()
    {
        using Member a = new(_one, "anna", _other.Address);
        SessionKey key = SessionKey.FromSecret(new byte[32], "test");
        using Member stranger = new(_other, "stranger", key, [_one.Address]);
        _mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That(a.Session.Peers, Is.Empty);
        Assert.That(stranger.Session.Peers, Is.Empty);
        Assert.That(a.Session.Drops[DropCause.OtherSession], Is.GreaterThan(0));
    }

    [Test]
    public void A_recorded_session_that_is_played_again_is_not_heard()
    {
        List<byte[]> recorded = [];
        using (Member a = new(_one, "anna", _other.Address))
        {
            using Member b = new(_other, "ben");
            _mesh.Tap = (in PeerAddress from, SimulatedHost to, ReadOnlySpan<byte> datagram) =>
            {
                if (to == _other)
                {
                    recorded.Add(datagram.ToArray());
                }
            };
            a.Play(a.Session.Offer("voice", Member.Rate, 1, Member.Period), Sine);
            b.Session.Subscribe(new SubscriptionOptions());
            _mesh.Run(TimeSpan.FromSeconds(2));
            _mesh.Tap = null;
            _one.Kill();
            _other.Kill();
        }

        Assert.That(recorded, Has.Count.GreaterThan(1000));
        using Member late = new(_other, "ben");
        IncomingStream wanted = late.Session.Subscribe(new SubscriptionOptions());
        PeerAddress attacker = _one.Address;
        foreach (byte[] datagram in recorded)
        {
            _mesh.Inject(attacker, _other, datagram);
            _mesh.Run(TimeSpan.FromMilliseconds(1));
        }

        Assert.That(wanted.Receiver, Is.Null);
        Assert.That(late.Session.Peers.Any(peer => peer.IsProven), Is.False);
        Assert.That(late.Session.Drops[DropCause.NotProven], Is.GreaterThan(1000));
        _mesh.Run(TimeSpan.FromSeconds(10));
        Assert.That(late.Session.Peers, Is.Empty, "who does not answer is forgotten");
    }

    [Test]
    public void A_member_that_leaves_is_gone_at_once_and_one_that_dies_is_missed()
    {
        using Member a = new(_one, "anna", _other.Address);
        Member b = new(_other, "ben");
        _mesh.Run(TimeSpan.FromSeconds(2));
        b.Session.Leave();
        _mesh.Run(TimeSpan.FromMilliseconds(10));
        Assert.That(a.Session.Peers, Is.Empty);
        Assert.That(a.Events().Last().Kind, Is.EqualTo(SessionEventKind.PeerLeft));
        _other.Kill();
        b.Dispose();

        using Member again = new(_other, "ben");
        _mesh.Run(TimeSpan.FromSeconds(2));
        _other.Kill();
        _mesh.Run(TimeSpan.FromSeconds(5));
        Assert.That(a.Session.Peers.Single().IsLost);
        Assert.That(a.Events().Last().Kind, Is.EqualTo(SessionEventKind.PeerLost));
        _mesh.Run(TimeSpan.FromSeconds(40));
        Assert.That(a.Session.Peers, Is.Empty);
    }

    [Test]
    public void A_sender_that_starts_anew_is_heard_again()
    {
        Member a = new(_one, "anna");
        using Member b = new(_other, "ben", _one.Address);
        a.Play(a.Session.Offer("voice", Member.Rate, 1, Member.Period), Sine);
        IncomingStream wanted = b.Session.Subscribe(new SubscriptionOptions { Peer = "anna", MinDepthMs = 2 });
        b.Listen(wanted);
        _mesh.Run(TimeSpan.FromSeconds(3));
        ulong before = wanted.PeerId;
        StreamReceiver? receiver = wanted.Receiver;
        _one.Kill();
        a.Dispose();
        _mesh.Run(TimeSpan.FromSeconds(1));

        using Member again = new(_one, "anna");
        again.Play(again.Session.Offer("voice", Member.Rate, 1, Member.Period), Sine);
        _mesh.Run(TimeSpan.FromSeconds(5));
        Assert.That(wanted.PeerId, Is.Not.EqualTo(before).And.Not.Zero);
        Assert.That(wanted.Receiver, Is.SameAs(receiver), "the format is the same");
        AssertHeard(b);
    }

    [Test]
    public void A_member_that_moves_is_followed_when_it_has_answered_from_there()
    {
        using Member a = new(_one, "anna");
        using Member b = new(_other, "ben", _one.Address);
        a.Play(a.Session.Offer("voice", Member.Rate, 1, Member.Period), Sine);
        IncomingStream wanted = b.Session.Subscribe(new SubscriptionOptions { MinDepthMs = 2 });
        b.Listen(wanted);
        _mesh.Run(TimeSpan.FromSeconds(3));
        _other.Move(PeerAddress.From(new IPEndPoint(IPAddress.Parse("10.9.9.9"), 50505)));
        _mesh.Run(TimeSpan.FromSeconds(4));
        long missing = wanted.Receiver!.MissingFrames;
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(a.Session.Peers.Single().Address, Is.EqualTo(_other.Address));
        Assert.That(a.Events().Select(e => e.Kind), Does.Contain(SessionEventKind.PeerMoved));
        Assert.That((missing > 0, wanted.Receiver.MissingFrames - missing), Is.EqualTo((true, 0L)));
    }

    [Test]
    public void Somebody_who_sends_on_what_others_sent_does_not_become_them()
    {
        using Member a = new(_one, "anna", _other.Address);
        using Member b = new(_other, "ben");
        SimulatedHost thief = _mesh.AddHost("thief", new HostClock());
        _mesh.Connect(thief, _one, Lan, Lan);
        _mesh.Run(TimeSpan.FromSeconds(2));
        _mesh.Partition(_other);
        List<byte[]> stolen = [];
        _mesh.Tap = (in PeerAddress from, SimulatedHost to, ReadOnlySpan<byte> datagram) => stolen.Add(datagram.ToArray());
        b.Session.Leave();
        _mesh.Tap = null;
        foreach (byte[] datagram in stolen)
        {
            _mesh.Inject(thief.Address, _one, datagram);
        }

        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(a.Session.Peers.Select(peer => peer.Address), Has.None.EqualTo(thief.Address));
    }

    [Test]
    public void Members_find_each_other_by_multicast()
    {
        PeerAddress group = PeerAddress.From(new IPEndPoint(IPAddress.Parse("239.255.77.77"), 50505));
        _one.JoinGroup(group);
        _other.JoinGroup(group);
        using Member a = new(_one, "anna", Member.Key, [], group);
        using Member b = new(_other, "ben", Member.Key, [], group);
        _mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That(a.Session.Peers.Single().IsProven && b.Session.Peers.Single().IsProven);
    }

    [Test]
    public void Streams_of_the_same_name_are_refused_and_those_of_others_told_apart()
    {
        using Member a = new(_one, "anna");
        a.Session.Offer("voice", Member.Rate, 1, Member.Period);
        Assert.That(() => a.Session.Offer("voice", Member.Rate, 2, Member.Period), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("stream"));
        Assert.That(() => a.Session.Offer(new string('x', 64), Member.Rate, 2, Member.Period), Throws.TypeOf<AudioMeshException>());
        Assert.That(() => a.Session.Offer("guitar", Member.Rate, 1, Member.Period).Dispose(), Throws.Nothing);
    }

    [TestCase(RedundancyKind.Repeat, 2)]
    [TestCase(RedundancyKind.Parity, 2)]
    public void What_is_sent_besides_makes_up_for_what_is_lost(RedundancyKind kind, int amount)
    {
        _mesh.Connect(_one, _other, Lan with { Loss = GilbertElliott.Independent(0.05) }, Lan);
        using Member a = new(_one, "anna", _other.Address);
        using Member b = new(_other, "ben");
        a.Play(a.Session.Offer("voice", Member.Rate, 1, Member.Period, SampleEncoding.Float32, new Redundancy(kind, amount)), Sine);
        IncomingStream wanted = b.Session.Subscribe(new SubscriptionOptions { MinDepthMs = 6 });
        b.Listen(wanted);
        _mesh.Run(TimeSpan.FromSeconds(20));
        ReceiverStatistics statistics = wanted.Receiver!.Statistics;
        double missing = statistics.MissingFrames / (double)statistics.PlayedFrames;
        Assert.That(missing, Is.LessThan(0.01), $"{statistics}");
    }

    [Test]
    public void Flipped_bits_are_dropped_and_counted_and_leave_no_trace()
    {
        using Member a = new(_one, "anna", _other.Address);
        using Member b = new(_other, "ben");
        a.Play(a.Session.Offer("voice", Member.Rate, 1, Member.Period), Sine);
        b.Listen(b.Session.Subscribe(new SubscriptionOptions { MinDepthMs = 2 }));
        Testing.RepeatableRandom random = new(5);
        List<byte[]> seen = [];
        _mesh.Tap = (in PeerAddress from, SimulatedHost to, ReadOnlySpan<byte> datagram) => seen.Add(datagram.ToArray());
        _mesh.Run(TimeSpan.FromSeconds(2));
        _mesh.Tap = null;
        long before = b.Session.Drops.Total;
        foreach (byte[] datagram in seen)
        {
            datagram[random.Next(datagram.Length)] ^= (byte)(1 << random.Next(8));
            _mesh.Inject(_one.Address, _other, datagram);
        }

        _mesh.Run(TimeSpan.FromSeconds(2));
        Assert.That(b.Session.Drops.Total - before, Is.GreaterThanOrEqualTo(seen.Count));
        Assert.That(b.Session.Peers, Has.Count.EqualTo(1));
        AssertHeard(b);
    }

    private static float Sine(long frame) => 0.5f * MathF.Sin(frame % 480 * MathF.Tau / 480);

    /// <summary>The last second was the sine and nothing but it.</summary>
    private static void AssertHeard(Member member)
    {
        float[] heard = [.. member.Heard.TakeLast(Member.Rate)];
        float largest = Enumerable.Range(1, heard.Length - 1).Max(i => Math.Abs(heard[i] - heard[i - 1]));
        double rms = Math.Sqrt(heard.Average(x => (double)x * x));
        Assert.That(largest, Is.LessThan(1.01 * 0.5 * Math.Tau / 480));
        Assert.That(rms, Is.EqualTo(0.5 / Math.Sqrt(2)).Within(1e-3));
    }
}
