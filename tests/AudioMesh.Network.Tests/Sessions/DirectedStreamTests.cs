// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Session;
using AudioMesh.Network.Tests.Simulation;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>Streams between two members that are announced to nobody.</summary>
internal sealed class DirectedStreamTests
{
    private const float Amplitude = 0.5f;

    private SimulatedMesh _mesh = null!;
    private SimulatedHost[] _hosts = null!;

    [SetUp]
    public void SetUpMesh()
    {
        _mesh = new SimulatedMesh(9);
        _hosts = [.. new[] { "one", "two", "three" }.Select(name => _mesh.AddHost(name, new HostClock()))];
        _mesh.ConnectAll(new ImpairmentOptions { Delay = TimeSpan.FromMicroseconds(100), Jitter = TimeSpan.FromMicroseconds(50) });
    }

    [Test]
    public void A_directed_stream_is_heard_by_one_and_announced_to_nobody()
    {
        using Member anna = new(_hosts[0], "anna");
        using Member ben = new(_hosts[1], "ben", _hosts[0].Address);
        using Member cleo = new(_hosts[2], "cleo", _hosts[0].Address);
        OutgoingStream voice = anna.Session.OfferDirected("voice", Member.Rate, 1, Member.Period);
        IncomingStream wanted = ben.Session.ExpectDirected(new SubscriptionOptions { MinDepthMs = 2 });
        IncomingStream overheard = cleo.Session.ExpectDirected(new SubscriptionOptions());
        IncomingStream announced = cleo.Session.Subscribe(new SubscriptionOptions { Peer = "anna" });
        voice.DirectTo(ben.Session.Id);
        wanted.DirectFrom(anna.Session.Id, voice.Offer);
        overheard.DirectFrom(anna.Session.Id, voice.Offer);
        anna.Play(voice, static frame => Amplitude * MathF.Sin(frame % 480 * MathF.Tau / 480));
        ben.Listen(wanted);
        _mesh.Run(TimeSpan.FromSeconds(5));
        Assert.That(voice.TargetCount, Is.EqualTo(1));
        Assert.That(Rms(ben.Heard.TakeLast(Member.Rate)), Is.EqualTo(Amplitude / Math.Sqrt(2)).Within(1e-3));
        Assert.That(overheard.Receiver!.Statistics.Packets, Is.Zero, "it is sent to one alone");
        Assert.That(announced.Receiver, Is.Null);
        Assert.That(cleo.Session.Peers.Single().Offers, Is.Empty);
        Assert.That(anna.Session.Peers.Select(peer => peer.Wishes), Is.All.Zero, "and asked for in no announcement");
        voice.DirectTo(0);
        Assert.That(voice.TargetCount, Is.Zero);
    }

    [Test]
    public void It_ends_with_its_receiver_and_goes_on_when_that_comes_back()
    {
        using Member anna = new(_hosts[0], "anna");
        using Member ben = new(_hosts[1], "ben", _hosts[0].Address);
        OutgoingStream voice = anna.Session.OfferDirected("voice", Member.Rate, 1, Member.Period);
        voice.DirectTo(ben.Session.Id);
        _mesh.Run(TimeSpan.FromSeconds(2));
        Assert.That(voice.TargetCount, Is.EqualTo(1));
        _mesh.Partition(_hosts[1]);
        _mesh.Run(TimeSpan.FromSeconds(5));
        Assert.That(voice.TargetCount, Is.Zero);
        _mesh.Heal();
        _mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That(voice.TargetCount, Is.EqualTo(1));
    }

    [Test]
    public void There_may_be_as_many_as_members_and_no_more()
    {
        using Member anna = new(_hosts[0], "anna");
        for (int i = 0; i < 256; i++)
        {
            anna.Session.OfferDirected("mix", Member.Rate, 1, Member.Period);
            anna.Session.ExpectDirected(new SubscriptionOptions());
        }

        Assert.That(() => anna.Session.OfferDirected("mix", Member.Rate, 1, Member.Period), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.LimitExceeded));
        Assert.That(() => anna.Session.ExpectDirected(new SubscriptionOptions()), Throws.TypeOf<AudioMeshException>());
        Assert.That(() => anna.Session.Offer("voice", Member.Rate, 1, Member.Period), Throws.Nothing, "announcements have room of their own");
    }

    private static double Rms(IEnumerable<float> samples) => Math.Sqrt(samples.Average(x => (double)x * x));
}
