// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Time;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Time;

/// <summary>Whole meshes in virtual time.</summary>
internal sealed class MeshTimeTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void On_a_LAN_hosts_agree_to_less_than_50_us_and_no_bound_is_ever_broken([Values(1UL, 2UL, 3UL)] ulong seed)
    {
        TimeMesh mesh = Lan(seed);
        mesh.Run(TimeSpan.FromSeconds(5), Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.State), Has.Exactly(2).EqualTo(TimebaseState.Locked).And.Exactly(1).EqualTo(TimebaseState.Local));
        mesh.ForgetLooks();
        mesh.Run(TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(100));
        mesh.Report();
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
        Assert.That(mesh.P99ErrorNs(), Is.LessThan(50_000));
    }

    [Test]
    public void A_day_keeps_the_bound()
    {
        TimeMesh mesh = Lan(7);
        mesh.Run(Minute, Look);
        mesh.ForgetLooks();
        int steps = mesh.Nodes.Sum(node => node.Reading.Steps);
        mesh.Run(TimeSpan.FromHours(24), TimeSpan.FromSeconds(5));
        mesh.Report();
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
        Assert.That(mesh.P99ErrorNs(), Is.LessThan(50_000));
        Assert.That(mesh.Nodes.Sum(node => node.Reading.Steps), Is.EqualTo(steps));
        Assert.That(mesh.Nodes.SelectMany(node => node.Events).Count(happened => happened.Kind is TimeEventKind.HoldoverBegan or TimeEventKind.HostClockJumped), Is.Zero);
    }

    [Test]
    public void A_path_that_is_always_slower_one_way_cannot_be_seen_but_is_within_the_bound()
    {
        TimeMesh mesh = new(3);
        TimeNode reference = mesh.Add(50, 10), other = mesh.Add(-50, 1);
        mesh.Mesh.Connect(reference.Host, other.Host, TimeMesh.Link(1000, 50), TimeMesh.Link(9000, 50));
        mesh.MeetAll();
        mesh.Run(Minute, Look);
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
        TimeNode follower = mesh.Nodes.Single(node => !node.Service.IsReference);
        PeerTimeStatus status = follower.StatusOf(mesh.Nodes.Single(node => node.Service.IsReference));
        Assert.That(mesh.ErrorsNs[^1], Is.InRange(3_800_000, 4_200_000), "half the difference");
        Assert.That(status.Path.AsymmetryBoundNs, Is.InRange(5_000_000, 5_200_000));
        Assert.That(status.BoundNs, Is.InRange(5_000_000, 5_500_000));
    }

    [Test]
    public void A_queue_in_one_way_is_reported_as_congestion_and_asymmetry_and_is_within_the_bound()
    {
        TimeMesh mesh = Lan(4);
        mesh.Run(Minute, Look);
        TimeNode reference = mesh.Nodes.Single(node => node.Service.IsReference);
        TimeNode follower = mesh.Nodes.First(node => node != reference);
        Assert.That(follower.StatusOf(reference).Path, Has.Property("IsCongested").False.And.Property("IsAsymmetric").False);
        mesh.Mesh.Connect(follower.Host, reference.Host, TimeMesh.Link(500, 8000), TimeMesh.Lan);
        mesh.Run(5 * Minute, Look);
        PathFacts path = follower.StatusOf(reference).Path;
        mesh.Report();
        Assert.That(path.IsCongested && path.IsAsymmetric, Is.True, $"{path}");
        Assert.That(path.QueueThereNs, Is.GreaterThan(3 * path.QueueBackNs));
        Assert.That(path.RoundTripP99Ns, Is.GreaterThan(path.RoundTripMedianNs));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    [Test]
    public void When_the_reference_dies_another_one_continues_its_time_without_a_step([Values(1UL, 2UL, 3UL)] ulong seed)
    {
        TimeMesh mesh = Lan(seed);
        mesh.Run(Minute, Look);
        mesh.ForgetLooks();
        TimeNode reference = mesh.Nodes.Single(node => node.Service.IsReference);
        List<TimeNode> left = [.. mesh.Nodes.Where(node => node != reference)];
        int steps = left.Sum(node => node.Reading.Steps);
        ulong meshId = reference.Reading.MeshId;
        reference.Host.Kill();
        mesh.Run(2 * Minute, Look);
        mesh.Report();
        Assert.That(left.Select(node => node.Reading.ReferenceId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(left.Count(node => node.Service.IsReference), Is.EqualTo(1));
        Assert.That(left.Select(node => node.Reading.MeshId), Is.All.EqualTo(meshId));
        Assert.That(left.Sum(node => node.Reading.Steps), Is.EqualTo(steps));
        Assert.That(mesh.WorstStepNs, Is.LessThan(20_000));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
        Assert.That(left.SelectMany(node => node.Events).Select(happened => happened.Kind), Does.Contain(TimeEventKind.ReferenceChanged));
    }

    [Test]
    public void Alone_a_host_holds_over_with_a_bound_that_grows_and_holds()
    {
        TimeMesh mesh = Pair(5);
        mesh.Run(2 * Minute, Look);
        TimeNode reference = mesh.Nodes.Single(node => node.Service.IsReference), other = mesh.Nodes.Single(node => node != reference);
        double boundNs = other.Service.Status(other.Host.Now).BoundNs;
        reference.Host.Kill();
        mesh.Run(TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        mesh.Report();
        TimeStatus status = other.Service.Status(other.Host.Now);
        Assert.That(status.State, Is.EqualTo(TimebaseState.Holdover));
        Assert.That(status.Reason, Is.EqualTo(ReferenceReason.LastKnown));
        Assert.That(status.BoundNs, Is.GreaterThan(10 * boundNs));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    [Test]
    public void A_partition_heals_into_one_mesh_with_the_older_reference()
    {
        TimeMesh mesh = new(6);
        for (int i = 0; i < 4; i++)
        {
            mesh.Add(100 - (60 * i), 3 * i);
            mesh.Mesh.Run(TimeSpan.FromSeconds(3)); // so that it is clear who is older
        }

        mesh.Join(TimeMesh.Lan);
        mesh.Run(Minute, Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.ReferenceId), Is.All.EqualTo(mesh.Nodes[0].Id));
        mesh.ForgetLooks();
        mesh.Mesh.Partition(mesh.Nodes[0].Host, mesh.Nodes[3].Host);
        mesh.Run(5 * Minute, Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.ReferenceId), Is.EqualTo(new[] { mesh.Nodes[0].Id, mesh.Nodes[1].Id, mesh.Nodes[1].Id, mesh.Nodes[0].Id }));
        mesh.Mesh.Heal();
        mesh.Run(Minute, Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.ReferenceId), Is.All.EqualTo(mesh.Nodes[0].Id));
        Assert.That(mesh.WorstStepNs, Is.LessThan(20_000));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    [Test]
    public void Two_meshes_that_meet_become_the_older_one_and_say_so()
    {
        TimeMesh mesh = new(8);
        mesh.Add(20, 1);
        mesh.Mesh.Run(TimeSpan.FromSeconds(10));
        mesh.Add(-20, 5);
        mesh.Add(10, 9);
        mesh.Mesh.Run(TimeSpan.FromSeconds(10));
        mesh.Add(-10, 7);
        mesh.Mesh.ConnectAll(TimeMesh.Lan);
        mesh.Mesh.Partition(mesh.Nodes[0].Host, mesh.Nodes[3].Host);
        mesh.MeetAll();
        mesh.Run(Minute, Look);
        ulong older = mesh.Nodes[0].Reading.MeshId;
        Assert.That(mesh.Nodes.Select(node => node.Reading.MeshId).Distinct().Count(), Is.EqualTo(2));
        mesh.Mesh.Heal();
        mesh.Run(Minute, Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.MeshId), Is.All.EqualTo(older));
        foreach (TimeNode moved in mesh.Nodes.Skip(1).Take(2))
        {
            TimeEvent joined = moved.Events.Last(happened => happened.Kind == TimeEventKind.MeshJoined);
            Assert.That(joined.PeerId, Is.EqualTo(mesh.Nodes[0].Id));
            Assert.That(Math.Abs(joined.AmountNs), Is.GreaterThan(3_600_000_000_000));
        }

        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    [Test]
    public void A_configured_reference_takes_over_without_a_step()
    {
        TimeMesh mesh = Lan(9);
        mesh.Run(Minute, Look);
        TimeNode configured = mesh.Add(70, 2, new TimeOptions { ReferencePriority = 5 });
        mesh.Join(TimeMesh.Lan);
        mesh.Run(TimeSpan.FromSeconds(10), Look);
        mesh.ForgetLooks();
        mesh.Run(3 * Minute, Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.ReferenceId), Is.All.EqualTo(configured.Id));
        Assert.That(configured.Service.Status(configured.Host.Now).Reason, Is.EqualTo(ReferenceReason.Configured));
        Assert.That(mesh.WorstStepNs, Is.LessThan(20_000));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    [Test]
    public void A_host_that_only_knows_another_has_its_time_from_the_reference_through_that()
    {
        TimeMesh mesh = new(10);
        TimeNode far = mesh.Add(30, 9), hub = mesh.Add(-80, 1), near = mesh.Add(60, 5);
        mesh.Mesh.Connect(far.Host, hub.Host, TimeMesh.Lan, TimeMesh.Lan);
        mesh.Mesh.Connect(hub.Host, near.Host, TimeMesh.Lan, TimeMesh.Lan);
        mesh.MeetAll();
        mesh.Run(2 * Minute, Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.ReferenceId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
        mesh.ForgetLooks();
        mesh.Run(2 * Minute, Look);
        Assert.That(mesh.P99ErrorNs(), Is.LessThan(50_000));
        far.Host.Kill();
        mesh.Run(Minute, Look);
        Assert.That(hub.Reading.ReferenceId, Is.EqualTo(near.Reading.ReferenceId));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    [Test]
    public void However_bad_the_paths_the_bound_is_true_and_all_agree_in_the_end([Range(1, 8)] int seed)
    {
        TimeMesh mesh = new((ulong)seed);
        RepeatableRandom random = new((ulong)seed);
        for (int i = 0; i < 4; i++)
        {
            mesh.Add(random.Next(400) - 200, random.Next(100));
            mesh.Mesh.Run(TimeSpan.FromSeconds(2));
        }

        for (int a = 0; a < 4; a++)
        {
            for (int b = a + 1; b < 4; b++)
            {
                mesh.Mesh.Connect(mesh.Nodes[a].Host, mesh.Nodes[b].Host, BadLink(ref random), BadLink(ref random));
            }
        }

        mesh.MeetAll();
        mesh.Run(2 * Minute, Look);
        mesh.Mesh.Partition(mesh.Nodes[random.Next(4)].Host, mesh.Nodes[random.Next(4)].Host);
        mesh.Run(2 * Minute, Look);
        mesh.Mesh.Heal();
        mesh.Run(2 * Minute, Look);
        mesh.Nodes[0].Host.Kill();
        mesh.Run(2 * Minute, Look);
        mesh.Report();
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
        Assert.That(mesh.Nodes.Skip(1).Select(node => node.Reading.ReferenceId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(mesh.Nodes.Sum(node => node.Service.Status(node.Host.Now).Peers.Sum(peer => peer.Jumps)), Is.Zero);
    }

    [Test]
    public void The_same_seed_gives_the_same_times()
    {
        List<long>[] runs = [[], []];
        foreach (List<long> run in runs)
        {
            TimeMesh mesh = Lan(11);
            mesh.Run(Minute, TimeSpan.FromSeconds(1));
            run.AddRange(mesh.Nodes.Select(node => node.MeshNow.Nanoseconds));
        }

        Assert.That(runs[0], Is.EqualTo(runs[1]));
    }

    private static ImpairmentOptions BadLink(ref RepeatableRandom random) => new()
    {
        Delay = TimeSpan.FromMicroseconds(random.Next(30_000)),
        Jitter = TimeSpan.FromMicroseconds(random.Next(10_000)),
        JitterShape = (JitterShape)random.Next(3),
        Loss = GilbertElliott.Of(random.Next(25) * 0.01, 1 + random.Next(4)),
        DuplicateShare = 0.02,
        ReorderShare = 0.05,
    };

    private static TimeMesh Lan(ulong seed)
    {
        TimeMesh mesh = Pair(seed, join: false);
        mesh.Add(0, 1000);
        mesh.Join(TimeMesh.Lan);
        return mesh;
    }

    private static TimeMesh Pair(ulong seed, bool join = true)
    {
        TimeMesh mesh = new(seed);
        mesh.Add(100, 5);
        mesh.Add(-100, 77);
        if (join)
        {
            mesh.Join(TimeMesh.Lan);
        }

        return mesh;
    }
}
