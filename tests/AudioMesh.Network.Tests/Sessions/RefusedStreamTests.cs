// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Session;
using AudioMesh.Network.Tests.Simulation;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>What others offer need not be what this machine can receive.</summary>
internal sealed class RefusedStreamTests
{
    [Test]
    public void A_stream_that_cannot_be_received_is_refused_once_with_the_reason_and_the_next_is_heard()
    {
        SimulatedMesh mesh = new(7);
        SimulatedHost one = mesh.AddHost("one", new HostClock());
        SimulatedHost other = mesh.AddHost("other", new HostClock());
        mesh.ConnectAll(new ImpairmentOptions());
        using Member a = new(one, "anna", other.Address);
        using Member b = new(other, "ben");
        OutgoingStream slow = a.Session.Offer("voice", rate: 4000, channels: 1, Member.Period);
        IncomingStream wanted = b.Session.Subscribe(new SubscriptionOptions());
        mesh.Run(TimeSpan.FromSeconds(5));
        SessionEvent[] refusals = [.. b.Events().Where(e => e.Kind == SessionEventKind.StreamRefused)];
        Assert.That(refusals.Select(e => (e.PeerName, e.Stream)), Is.EqualTo(new[] { ("anna", "voice") }));
        Assert.That(wanted.Failure, Has.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That((wanted.Receiver, slow.TargetCount), Is.EqualTo(((Network.Media.StreamReceiver?)null, 0)));
        slow.Dispose();
        using OutgoingStream usual = a.Session.Offer("voice", Member.Rate, channels: 1, Member.Period);
        mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That((wanted.Receiver is not null, usual.TargetCount, wanted.Failure), Is.EqualTo((true, 1, (AudioMeshException?)null)));
    }
}
