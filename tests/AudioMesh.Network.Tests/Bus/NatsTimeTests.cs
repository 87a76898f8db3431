// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Time;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>Mesh time of hosts that share nothing but a server. They are in one process here, so all read one clock: what their mesh times differ by is their error.</summary>
[NonParallelizable]
internal sealed class NatsTimeTests
{
    private const int PatienceMs = 60_000;

    [Test]
    public void Hosts_keep_one_time_within_the_bound_they_state()
    {
        using NatsServer server = new();
        using NatsBus a = Join("anna", server);
        using NatsBus b = Join("ben", server);
        Assert.That(SpinWait.SpinUntil(() => AreOne(a, b), PatienceMs), Is.True, "they share a mesh");
        double worstNs = 0;
        for (int look = 0; look < 100; look++)
        {
            worstNs = Math.Max(worstNs, AssertNear(a, b));
            Thread.Sleep(5);
        }

        MeshTime now = MeshClock.Now;
        TestContext.Out.WriteLine(FormattableString.Invariant($"apart by {worstNs * 1e-3:F1} us at most, bound {Math.Max(a.Timebase.ErrorNsAt(now), b.Timebase.ErrorNsAt(now)) * 1e-3:F1} us"));
        List<MeshTime> stamped = [];
        b.Subscribe("x", (in BusMessage message) => stamped.Add(message.Time));
        SpinWait.SpinUntil(
            () =>
            {
                a.Publish("x", []);
                Thread.Sleep(20);
                return stamped.Count > 0;
            },
            PatienceMs);
        Assert.That(stamped[0].IsKnown && b.Timebase.ToMesh(MeshClock.Now) - stamped[0] < 60_000_000_000L, Is.True, "messages carry it");
        server.Kill();
        Thread.Sleep(200);
        AssertNear(a, b);
    }

    [Test]
    public void What_was_heard_on_the_server_and_is_sent_again_or_made_up_moves_no_time()
    {
        using NatsServer server = new();
        using NatsBus a = Join("anna", server);
        using RawNats rogue = new(server);
        rogue.Subscribe("am.test.t.>");
        rogue.Subscribe("am.test.t", 2);
        using NatsBus b = Join("ben", server);
        Assert.That(SpinWait.SpinUntil(() => AreOne(a, b), PatienceMs), Is.True);
        (string Subject, byte[] Payload)[] recorded;
        lock (rogue.Heard)
        {
            recorded = [.. rogue.Heard];
        }

        Assert.That(recorded, Has.Length.GreaterThan(10));
        (int stepsA, int stepsB) = (a.Timebase.Read().Steps, b.Timebase.Read().Steps);
        RepeatableRandom random = new(3);
        foreach ((string subject, byte[] payload) in recorded)
        {
            rogue.Publish(subject, payload);
            byte[] bent = [.. payload];
            bent[random.Next(bent.Length)] ^= (byte)(1 << random.Next(8));
            rogue.Publish(subject, subject == "am.test.t" ? bent[..5] : bent);
            rogue.Publish(subject, payload[..^1]);
        }

        Assert.That(SpinWait.SpinUntil(() => a.Statistics.Refused > 0 && b.Statistics.Refused > 0, PatienceMs), Is.True, "what is no message is counted");
        for (int look = 0; look < 20; look++)
        {
            AssertNear(a, b);
            Thread.Sleep(5);
        }

        Assert.That((a.Timebase.Read().Steps, b.Timebase.Read().Steps), Is.EqualTo((stepsA, stepsB)));
    }

    private static bool AreOne(NatsBus a, NatsBus b)
    {
        (TimebaseReading one, TimebaseReading other) = (a.Timebase.Read(), b.Timebase.Read());
        return one.MeshId == other.MeshId && one.State is TimebaseState.Local or TimebaseState.Locked && other.State is TimebaseState.Local or TimebaseState.Locked;
    }

    private static double AssertNear(NatsBus a, NatsBus b)
    {
        MeshTime now = MeshClock.Now;
        double apartNs = Math.Abs((double)(a.Timebase.ToMesh(now) - b.Timebase.ToMesh(now)));
        Assert.That(apartNs, Is.LessThanOrEqualTo(a.Timebase.ErrorNsAt(now) + b.Timebase.ErrorNsAt(now)));
        return apartNs;
    }

    private static NatsBus Join(string name, NatsServer server) => new(new NatsBusOptions { Name = name, Mesh = "test", Servers = [server.Url], Token = NatsServer.Token });
}
