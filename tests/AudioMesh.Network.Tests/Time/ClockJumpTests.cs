// SPDX-License-Identifier: MIT
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Tests.Time;

/// <summary>Clocks that are set, and machines that sleep: whoever did it leaves and comes back, the others' time goes on.</summary>
internal sealed class ClockJumpTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void A_step_of_any_hosts_clock_moves_only_that_host([Values(0, 1, 2)] int which, [Values(-3600, -5, 0.1, 5, 3600)] double seconds) =>
        CheckOthersGoOn(which, host => host.StepClock(TimeSpan.FromSeconds(seconds)), TimeSpan.Zero);

    [Test]
    public void A_sleep_of_any_host_moves_only_that_host([Values(0, 1, 2)] int which, [Values(1, 10, 3600)] double seconds) =>
        CheckOthersGoOn(which, host => host.Suspend(TimeSpan.FromSeconds(seconds)), TimeSpan.FromSeconds(seconds));

    [Test]
    public void Of_two_hosts_the_one_that_slept_adopts_the_others_time([Values(true, false)] bool isReference)
    {
        TimeMesh mesh = Grown(2);
        TimeNode sleeper = mesh.Nodes.Single(node => node.Service.IsReference == isReference), other = mesh.Nodes.Single(node => node != sleeper);
        int steps = other.Reading.Steps;
        sleeper.Host.Suspend(TimeSpan.FromMinutes(30));
        mesh.Run(TimeSpan.FromMinutes(31), Look);
        Assert.That(other.Reading.Steps, Is.EqualTo(steps));
        Assert.That(sleeper.Events.Select(happened => happened.Kind), Does.Contain(TimeEventKind.HostClockJumped));
        Assert.That(other.Events.Select(happened => happened.Kind), Does.Contain(TimeEventKind.PeerClockJumped));
        Assert.That(Math.Abs(sleeper.MeshNow - other.MeshNow), Is.LessThan(1_000_000));
    }

    [Test]
    public void A_host_that_is_told_that_it_slept_need_not_find_out()
    {
        TimeMesh mesh = Grown(2);
        TimeNode sleeper = mesh.Nodes.Single(node => node.Service.IsReference), other = mesh.Nodes.Single(node => node != sleeper);
        sleeper.Host.Suspend(TimeSpan.FromMilliseconds(900));
        mesh.Mesh.Run(TimeSpan.FromMilliseconds(900));
        sleeper.Service.HostClockJumped(sleeper.Host.Now);
        Assert.That(sleeper.Reading.State, Is.EqualTo(TimebaseState.Acquiring));
        mesh.Run(TimeSpan.FromSeconds(10), Look);
        Assert.That(other.Service.IsReference && !sleeper.Service.IsReference, Is.True);
    }

    [Test]
    public void A_process_that_only_stood_still_is_missed_and_comes_back_without_a_step([Values(0, 1)] int which)
    {
        TimeMesh mesh = Grown(3);
        ulong reference = mesh.Nodes[0].Id;
        int steps = mesh.Nodes.Sum(node => node.Reading.Steps);
        mesh.Nodes[which].Host.Suspend(TimeSpan.FromMinutes(1), clockStops: false);
        mesh.Run(Minute / 2, Look);
        Assert.That(mesh.Nodes[2].Reading.ReferenceId, Is.EqualTo(mesh.Nodes[which == 0 ? 1 : 0].Id));
        mesh.Run(2 * Minute, Look);
        Assert.That(mesh.Nodes.Select(node => node.Reading.ReferenceId), Is.All.EqualTo(reference));
        Assert.That(mesh.Nodes.Sum(node => node.Reading.Steps), Is.EqualTo(steps));
        Assert.That(mesh.Nodes.SelectMany(node => node.Events).Select(happened => happened.Kind), Does.Not.Contain(TimeEventKind.HostClockJumped));
        Assert.That(mesh.Broken, Is.Zero, mesh.FirstBroken);
    }

    private static void CheckOthersGoOn(int which, Action<Simulation.SimulatedHost> jump, TimeSpan length)
    {
        TimeMesh mesh = Grown(3);
        TimeNode jumping = mesh.Nodes[which];
        List<TimeNode> others = [.. mesh.Nodes.Where(node => node != jumping)];
        int steps = others.Sum(node => node.Reading.Steps);
        MeshTimes before = new(mesh, others[0]);
        jump(jumping.Host);
        mesh.Run(length, TimeSpan.FromMilliseconds(100));
        mesh.Run(Minute, TimeSpan.FromMilliseconds(100));
        Assert.That(others.Sum(node => node.Reading.Steps), Is.EqualTo(steps), "steps of the others");
        Assert.That(before.DriftNs(), Is.LessThan(1_000_000), "the others' mesh time went on");
        Assert.That(jumping.Events.Select(happened => happened.Kind), Does.Contain(TimeEventKind.HostClockJumped));
        Assert.That(mesh.Nodes.Select(node => node.Reading.MeshId).Distinct().Count(), Is.EqualTo(1), "one mesh");
        Assert.That(mesh.Nodes.Select(node => node.Reading.ReferenceId).Distinct().Count(), Is.EqualTo(1), "one reference");
        foreach (TimeNode other in others)
        {
            Assert.That(Math.Abs(jumping.MeshNow - other.MeshNow), Is.LessThan(200_000));
        }
    }

    /// <summary>Hosts of clearly different age, the first the oldest, after a minute together.</summary>
    private static TimeMesh Grown(int count)
    {
        TimeMesh mesh = new(21);
        for (int i = 0; i < count; i++)
        {
            mesh.Add(40 - (30 * i), 4 * i);
            mesh.Mesh.Run(TimeSpan.FromSeconds(3));
        }

        mesh.Join(TimeMesh.Lan);
        mesh.Run(Minute, Look);
        return mesh;
    }

    /// <summary>How far a host's mesh time, beyond 100 ppm, left true time since this was made.</summary>
    private sealed class MeshTimes(TimeMesh mesh, TimeNode node)
    {
        private readonly long _meshNs = node.MeshNow.Nanoseconds;
        private readonly long _trueNs = mesh.Mesh.TrueTime.Nanoseconds;

        public double DriftNs()
        {
            long trueNs = mesh.Mesh.TrueTime.Nanoseconds - _trueNs;
            return Math.Max(0, Math.Abs((double)(node.MeshNow.Nanoseconds - _meshNs - trueNs)) - (trueNs * 100e-6));
        }
    }
}
