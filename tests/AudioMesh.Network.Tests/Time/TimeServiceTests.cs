// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Time;

internal sealed class TimeServiceTests
{
    private const long Ms = 1_000_000;

    [Test]
    public void Alone_mesh_time_is_the_hosts_own()
    {
        TimeService service = new(1, new MeshTime(5 * Ms), new TimeOptions());
        service.Tick(new MeshTime(6 * Ms));
        Assert.That(service.Timebase.State, Is.EqualTo(TimebaseState.Local));
        Assert.That(service.Timebase.ToMesh(new MeshTime(123)), Is.EqualTo(new MeshTime(123)));
        Assert.That(service.Timebase.ToHost(new MeshTime(123)), Is.EqualTo(new MeshTime(123)));
        Assert.That(service.IsReference, Is.True);
    }

    [Test]
    public void Readers_on_other_threads_never_see_half_a_reading()
    {
        TimeService service = new(1, new MeshTime(0), new TimeOptions());
        int torn = 0;
        bool isOver = false;
        Thread[] readers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                ClockMap map = service.Timebase.Read().Map;
                if (map.SourceOrigin != map.MeshOrigin.Nanoseconds || map.ToMesh(map.SourceOrigin) != map.MeshOrigin)
                {
                    Interlocked.Increment(ref torn);
                }
            }
        }))];
        Array.ForEach(readers, reader => reader.Start());
        for (int i = 1; i < 500_000; i++)
        {
            service.Tick(new MeshTime(i * 1000L));
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(readers, reader => reader.Join());
        Assert.That(torn, Is.Zero);
    }

    [Test]
    public void A_reference_that_says_goodbye_is_replaced_at_once()
    {
        TimeMesh mesh = new(41);
        mesh.Add(10, 3);
        mesh.Mesh.Run(TimeSpan.FromSeconds(3));
        TimeNode second = mesh.Add(20, 4);
        mesh.Mesh.Run(TimeSpan.FromSeconds(3));
        TimeNode third = mesh.Add(-20, 9);
        mesh.Join(TimeMesh.Lan);
        mesh.Run(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(10));
        mesh.Nodes[0].Host.Kill();
        second.Service.RemovePeer(mesh.Nodes[0].Id, second.Host.Now);
        third.Service.RemovePeer(mesh.Nodes[0].Id, third.Host.Now);
        Assert.That(second.Service.IsReference, Is.True);
        mesh.Run(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10));
        Assert.That(third.Reading.ReferenceId, Is.EqualTo(second.Id));
    }

    [Test]
    public void Peers_are_asked_8_times_in_the_first_200_ms_and_then_about_4_times_a_second()
    {
        TimeService service = new(1, new MeshTime(0), new TimeOptions()), peer = new(2, new MeshTime(0), new TimeOptions());
        service.AddPeer(2, new MeshTime(0));
        peer.AddPeer(1, new MeshTime(0));
        List<long> sent = [];
        for (long now = 0; now < 10_000 * Ms; now += Ms)
        {
            if (service.TryRequest(new MeshTime(now), out _, out SyncRequest request))
            {
                sent.Add(now);
                peer.TryAnswer(1, request, new MeshTime(now + 1000), new MeshTime(now + 1000), out SyncReply reply);
                Assert.That(service.Accept(2, reply, new MeshTime(now + 2000)), Is.True);
            }

            service.Tick(new MeshTime(now));
        }

        Assert.That(sent.Count(at => at < 200 * Ms), Is.EqualTo(8));
        Assert.That(sent.Count(at => at >= 1000 * Ms), Is.InRange(9 * 4, 9 * 5));
    }

    [Test]
    public void Only_a_nonce_that_is_open_proves_life()
    {
        (TimeService service, TimeService peer) = Pair();
        Assert.That(service.TryRequest(new MeshTime(0), out ulong asked, out SyncRequest request), Is.True);
        Assert.That(asked, Is.EqualTo(2));
        peer.TryAnswer(1, request, new MeshTime(10), new MeshTime(10), out SyncReply reply);
        Assert.That(service.Accept(2, reply with { Nonce = reply.Nonce + 1 }, new MeshTime(20)), Is.False, "forged");
        Assert.That(service.Accept(3, reply, new MeshTime(20)), Is.False, "of somebody else");
        Assert.That(service.Accept(2, reply, new MeshTime(20)), Is.True);
        Assert.That(service.Accept(2, reply, new MeshTime(30)), Is.False, "replayed");
        PeerTimeStatus status = service.Status(new MeshTime(30)).Peers[0];
        Assert.That((status.Answers, status.Duplicates, status.Unsolicited, service.Unsolicited), Is.EqualTo((1L, 1L, 1L, 2L)));
    }

    [Test]
    public void No_more_than_16_requests_are_open_at_a_time()
    {
        (TimeService service, TimeService peer) = Pair();
        List<SyncRequest> requests = [];
        for (long now = 0; requests.Count < 40; now += Ms)
        {
            if (service.TryRequest(new MeshTime(now), out _, out SyncRequest request))
            {
                requests.Add(request);
            }
        }

        int taken = requests.Count(request =>
        {
            peer.TryAnswer(1, request, new MeshTime(10_000 * Ms), new MeshTime(10_000 * Ms), out SyncReply reply);
            return service.Accept(2, reply, new MeshTime(10_000 * Ms));
        });
        Assert.That(taken, Is.EqualTo(16));
    }

    [Test]
    public void Strangers_are_not_answered_and_peers_are_bounded()
    {
        TimeService service = new(1, new MeshTime(0), new TimeOptions { MaxPeers = 2 });
        Assert.That(service.TryAnswer(9, new SyncRequest(1), new MeshTime(0), new MeshTime(0), out _), Is.False);
        service.AddPeer(2, new MeshTime(0));
        service.AddPeer(3, new MeshTime(0));
        Assert.That(() => service.AddPeer(4, new MeshTime(0)), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.LimitExceeded));
        Assert.That(() => service.AddPeer(1, new MeshTime(0)), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));
        service.RemovePeer(2, new MeshTime(0));
        Assert.That(() => service.AddPeer(4, new MeshTime(0)), Throws.Nothing);
    }

    [Test]
    public void An_exchange_allocates_nothing()
    {
        (TimeService service, TimeService peer) = Pair();
        long now = 0;
        AllocationGate.AssertNone(() =>
        {
            now += 10 * Ms;
            if (service.TryRequest(new MeshTime(now), out _, out SyncRequest request))
            {
                peer.TryAnswer(1, request, new MeshTime(now + 100), new MeshTime(now + 200), out SyncReply reply);
                service.Accept(2, reply, new MeshTime(now + 300));
            }

            service.Tick(new MeshTime(now));
            peer.Tick(new MeshTime(now));
        });
    }

    [Test]
    public void The_status_is_one_json_object()
    {
        (TimeService service, TimeService peer) = Pair();
        for (long now = 0; now < 5000 * Ms; now += Ms)
        {
            if (service.TryRequest(new MeshTime(now), out _, out SyncRequest request))
            {
                peer.TryAnswer(1, request, new MeshTime(now + 1000), new MeshTime(now + 1000), out SyncReply reply);
                service.Accept(2, reply, new MeshTime(now + 2000));
            }
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            TimeStatusWriter.Write(writer, service.Status(new MeshTime(5000 * Ms)));
        }

        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        JsonElement other = document.RootElement.GetProperty("peers")[0];
        Assert.That(document.RootElement.GetProperty("host").GetString(), Is.EqualTo("0000000000000001"));
        Assert.That(other.GetProperty("measured").GetBoolean(), Is.True);
        Assert.That(other.GetProperty("path").GetProperty("rtt_min_us").GetDouble(), Is.EqualTo(2));
        Assert.That(other.GetProperty("bound_us").GetDouble(), Is.InRange(1, 30));
    }

    private static (TimeService Service, TimeService Peer) Pair()
    {
        TimeService service = new(1, new MeshTime(0), new TimeOptions()), peer = new(2, new MeshTime(0), new TimeOptions());
        service.AddPeer(2, new MeshTime(0));
        peer.AddPeer(1, new MeshTime(0));
        return (service, peer);
    }
}
