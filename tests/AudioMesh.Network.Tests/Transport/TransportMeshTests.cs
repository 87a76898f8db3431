// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Transport;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>Whole meshes in virtual time, judged by what is heard.</summary>
internal sealed class TransportMeshTests
{
    private const double NsPerFrame = 1e9 / 48_000;

    [Test]
    public void Four_hosts_start_stop_and_locate_together_200_times_in_a_row()
    {
        TransportRig rig = new(1, (64, null), (256, 0), (1024, 0), (128, 30));
        List<double> errors = [];
        List<double> bounds = [];
        for (int round = 0; round < 200; round++)
        {
            long frame = 48_000 + (round * 977L);
            errors.AddRange(StartAll(rig, frame, bounds));
            rig.Run(0.05 + (round % 7 * 0.013));
            DirectorRun stop = rig.Carry(new DirectorPlan { Action = TransportAction.Stop, LeadMs = 300 });
            Assert.That(stop.Phase, Is.EqualTo(DirectorPhase.Done), Blame(stop));
            rig.Run(0.1);
            Assert.That(rig.Hosts.Select(host => host.Agent.GetStatus().Frame).Distinct(), Has.Exactly(1).Items, $"all stand at one frame after stop {round}");
            Assert.That(rig.Hosts.Select(host => host.Agent.GetStatus().State), Is.All.EqualTo(TransportState.Stopped));
        }

        errors.Sort();
        TestContext.Out.WriteLine($"{errors.Count} starts: |error| p50 {errors[errors.Count / 2]:F3} p99 {errors[errors.Count * 99 / 100]:F3} max {errors[^1]:F3} frames; bound max {bounds.Max() / NsPerFrame:F2} frames");
    }

    [Test]
    public void A_client_that_takes_300_ms_costs_the_first_start_one_correction_and_the_next_none()
    {
        TransportRig rig = new(9, (64, null), (128, 112));
        foreach (int corrections in (int[])[1, 0])
        {
            StartAll(rig, 96_000, []);
            Assert.That(rig.Hosts[1].Last.Corrections, Is.EqualTo(corrections), $"{rig.Hosts[1].Last}");
            rig.Carry(new DirectorPlan { Action = TransportAction.Stop, LeadMs = 300 });
        }
    }

    [Test]
    public void With_pre_roll_a_client_that_takes_300_ms_is_in_time_at_the_first_start()
    {
        TransportRig rig = new(10, (64, null), (128, 112));
        rig.Hosts.ForEach(host => host.Heard.Clear());
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 96_000, PreRollSeconds = 1, LeadMs = 300 });
        rig.Run(1);
        (bool Begins, long Frame, MeshTime At) heard = rig.Hosts[1].Heard.Last(heard => heard.Begins);
        Assert.That(rig.Hosts[1].Last.Corrections, Is.EqualTo(1));
        Assert.That(heard.Frame, Is.LessThan(96_000), "it rolls already when the frame comes");
        Assert.That(Math.Abs(TransportRig.ErrorFrames(heard, 96_000 - 48_000, run.At)), Is.LessThan(1 + (run.Hosts[1].Outcome!.Value.BoundNs / NsPerFrame)));
    }

    [Test]
    public void At_any_period_the_frame_asked_for_is_heard_at_the_time_asked_for([Values(64, 128, 256, 512, 1024)] int period, [Values] bool isJack)
    {
        TransportRig rig = new((ulong)period, (period, isJack ? 0 : null), (period, isJack ? 3 : null), (64, null));
        for (int round = 0; round < 4; round++)
        {
            StartAll(rig, 10_000 + round, []);
            DirectorRun locate = rig.Carry(new DirectorPlan { Action = TransportAction.Locate, Frame = 500_000 + round, LeadMs = 400 });
            Assert.That(locate.Phase, Is.EqualTo(DirectorPhase.Done), Blame(locate));
            rig.Run(0.3);
            foreach (RigHost host in rig.Hosts)
            {
                HostStatus status = host.Agent.GetStatus();
                Assert.That(status.State, Is.EqualTo(TransportState.Rolling));
                Assert.That(status.Frame - 500_000 - round - ((status.At - locate.At) / NsPerFrame), Is.EqualTo(0).Within(1 + (0.5 * 48_000 * 200e-6)), $"{host.Name} plays on from there");
            }

            rig.Carry(new DirectorPlan { Action = TransportAction.Stop, LeadMs = 300 });
        }
    }

    [Test]
    public void A_host_that_is_not_there_calls_it_off_by_name_and_a_quorum_goes_on_without_it()
    {
        TransportRig rig = new(2, (64, null), (128, 0));
        DirectorRun refused = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 0, Hosts = ["host0", "host1", "nobody"] });
        Assert.That(refused.Phase, Is.EqualTo(DirectorPhase.Refused));
        Assert.That(refused.Hosts.Single(host => !host.Refusal.IsNone), Has.Property("Host").EqualTo("nobody").And.Property("Refusal").Property("Code").EqualTo("unknown_host"));
        rig.Run(2);
        Assert.That(rig.Hosts.SelectMany(host => host.Heard), Is.Empty);
        DirectorRun quorum = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 4800, Hosts = ["host0", "host1", "nobody"], Quorum = 2 });
        Assert.That(quorum.Phase, Is.EqualTo(DirectorPhase.Done), Blame(quorum));
        Assert.That(rig.Hosts.Select(host => host.Heard.Count), Is.All.EqualTo(1));
    }

    [Test]
    public void A_host_that_dies_between_prepare_and_fire_holds_up_nobody_and_falls_in_when_it_returns()
    {
        TransportRig rig = new(3, (64, null), (128, 0), (256, null));
        RigHost victim = rig.Hosts[2];
        bool isDead = false;
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 4800, LeadMs = 1000 }, run =>
        {
            if (!isDead && run.Hosts.Count == 3 && run.Hosts.All(host => host.IsReady))
            {
                isDead = true;
                victim.Kill();
            }
        });
        Assert.That(isDead, Is.True);
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Done));
        Assert.That(run.Hosts.Single(host => host.Outcome is null), Has.Property("Host").EqualTo("host2").And.Property("Refusal").Property("Code").EqualTo("lost"));
        CheckHeard(rig, rig.Hosts[..2], run, []);
        victim.Restart();
        rig.Run(12);
        (bool Begins, long Frame, MeshTime At) heard = victim.Heard[^1];
        Assert.That(heard.Begins, Is.True, "it plays again");
        Assert.That(TransportRig.ErrorFrames(heard, 4800, run.At), Is.EqualTo(0).Within(1 + (victim.Last.BoundNs / NsPerFrame)));
    }

    [Test]
    public void A_machine_that_returns_in_the_middle_of_a_take_is_at_the_right_frame_and_disturbs_nobody()
    {
        TransportRig rig = new(4, (64, null), (128, 0), (256, 0));
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 96_000 });
        rig.Run(3);
        rig.Hosts[1].Kill();
        rig.Run(5);
        rig.Hosts[1].Restart();
        rig.Run(12);
        Assert.That(TransportRig.ErrorFrames(rig.Hosts[1].Heard[^1], 96_000, run.At), Is.EqualTo(0).Within(1 + (rig.Hosts[1].Last.BoundNs / NsPerFrame)));
        Assert.That(rig.Hosts[1].Events.Any(happened => happened.Kind == TransportAgentEventKind.FellIn));
        Assert.That(new[] { rig.Hosts[0], rig.Hosts[2] }.Select(host => host.Heard.Count), Is.All.EqualTo(1));
    }

    [Test]
    public void Whatever_happens_to_a_host_the_others_play_on_and_it_falls_in_again([Values(1UL, 2UL, 3UL)] ulong seed) =>
        PlayOn(new TransportRig(seed, (64, null), (256, 0), (128, null), (512, 0)), seed, TimeSpan.FromMinutes(6));

    [Test]
    [Explicit("minutes")]
    public void A_day_of_it([Values(24UL)] ulong seed) => PlayOn(new TransportRig(seed, (1024, null), (1024, 0), (512, null), (1024, 3)), seed, TimeSpan.FromHours(24));

    private static void PlayOn(TransportRig rig, ulong seed, TimeSpan time)
    {
        RepeatableRandom random = new(seed);
        MeshTime end = rig.Time.Mesh.TrueTime.Add(time.Ticks * 100);
        int round = 0;
        for (; rig.Time.Mesh.TrueTime < end; round++)
        {
            long frame = 48_000 + random.Next(1_000_000);
            DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = frame });
            CheckHeard(rig, rig.Hosts, run, []);
            RigHost victim = rig.Hosts[1 + random.Next(3)];
            int[] heard = [.. rig.Hosts.Select(host => host.Heard.Count)];
            Disturb(rig, victim, random.Next(4), random.Next(2) == 0 ? -0.7 : 0.7);
            rig.Run(20);
            foreach (RigHost host in rig.Hosts)
            {
                HostStatus status = host.Agent.GetStatus();
                double error = status.Frame - frame - ((status.At - run.At) / NsPerFrame);
                double drift = (status.At - run.At) / NsPerFrame * 300e-6; // devices run as they do
                Assert.That(status.State, Is.EqualTo(TransportState.Rolling), $"{host.Name} in round {round}");
                Assert.That(Math.Abs(error), Is.LessThan(1 + drift + (status.BoundNs / NsPerFrame)), $"{host.Name} in round {round}: {status}");
                Assert.That(host == victim || host.Heard.Count == heard[rig.Hosts.IndexOf(host)], $"{host.Name} was not disturbed in round {round}");
            }

            Assert.That(rig.Carry(new DirectorPlan { Action = TransportAction.Stop }).Phase, Is.EqualTo(DirectorPhase.Done));
            rig.Run(0.5);
        }

        TestContext.Out.WriteLine($"{round} rounds");
    }

    [Test]
    public void A_bound_that_nobody_keeps_moves_nobody()
    {
        TransportRig rig = new(5, (64, null), (128, 0));
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 0, MaxBoundUs = 0.001 });
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Refused));
        Assert.That(run.Hosts.Where(host => !host.Refusal.IsNone).Select(host => host.Refusal.Code), Is.Not.Empty.And.All.EqualTo("bound"));
        rig.Run(3);
        Assert.That(rig.Hosts.SelectMany(host => host.Heard), Is.Empty);
        Assert.That(rig.Director.Timeline, Is.Null);
    }

    [Test]
    public void A_host_that_is_cut_off_when_it_counts_is_named_and_nobody_moves()
    {
        TransportRig rig = new(6, (64, null), (128, 0), (256, null));
        rig.Network.Cut(rig.Hosts[1].Bus);
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 0, Hosts = ["host0", "host1", "host2"] });
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Refused));
        Assert.That(run.Hosts.Single(host => !host.Refusal.IsNone), Has.Property("Host").EqualTo("host1").And.Property("Refusal").Property("Code").EqualTo("timeout"));
        rig.Network.Cut(null);
        rig.Run(3);
        Assert.That(rig.Hosts.SelectMany(host => host.Heard), Is.Empty);
    }

    [Test]
    public void An_order_for_the_past_or_for_another_year_moves_nobody([Values(-1L, 0L, 31_536_000_000_000_000L, long.MaxValue / 2)] long aheadNs)
    {
        TransportRig rig = new(7, (64, null), (128, 0));
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 0, At = rig.TrueMeshTime(0).Add(aheadNs) });
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Refused));
        Assert.That(run.Hosts.Select(host => host.Refusal.Code), Is.All.EqualTo(aheadNs <= 0 ? "past" : "too_far"));
        rig.Run(2);
        Assert.That(rig.Hosts.SelectMany(host => host.Heard), Is.Empty);
    }

    [Test]
    public void Abort_before_the_time_moves_nobody()
    {
        TransportRig rig = new(8, (64, null), (128, 0));
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 0, LeadMs = 3000 }, run =>
        {
            if (run.Phase == DirectorPhase.Fired)
            {
                run.Abort();
            }
        });
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Aborted));
        rig.Run(6);
        Assert.That(rig.Hosts.SelectMany(host => host.Heard), Is.Empty);
    }

    private static void Disturb(TransportRig rig, RigHost victim, int how, double stepSeconds)
    {
        switch (how)
        {
            case 0:
                victim.Kill();
                rig.Run(3);
                victim.Restart();
                break;
            case 1:
                rig.Network.Cut(victim.Bus);
                rig.Run(3);
                rig.Network.Cut(null);
                break;
            case 2:
                victim.Host.StepClock(TimeSpan.FromSeconds(stepSeconds));
                break;
            default:
                victim.Host.Suspend(TimeSpan.FromSeconds(3));
                rig.Run(3.5);
                break;
        }
    }

    private static List<double> StartAll(TransportRig rig, long frame, List<double> bounds)
    {
        rig.Hosts.ForEach(host => host.Heard.Clear());
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = frame, LeadMs = 300 });
        return CheckHeard(rig, rig.Hosts, run, bounds);
    }

    private static List<double> CheckHeard(TransportRig rig, List<RigHost> hosts, DirectorRun run, List<double> bounds)
    {
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Done), Blame(run));
        List<double> errors = [];
        foreach (RigHost host in hosts)
        {
            (bool Begins, long Frame, MeshTime At) heard = host.Heard.Last(heard => heard.Begins);
            double error = Math.Abs(TransportRig.ErrorFrames(heard, run.Frame!.Value, run.At));
            double bound = run.Hosts.Single(state => state.Host == host.Name).Outcome!.Value.BoundNs;
            Assert.That(error, Is.LessThanOrEqualTo(1 + (bound / NsPerFrame)), $"{host.Name}: {host.Last}");
            errors.Add(error);
            bounds.Add(bound);
        }

        return errors;
    }

    private static string Blame(DirectorRun run) => string.Join("; ", run.Hosts.Select(host => $"{host.Host}: ready {host.IsReady}, fired {host.IsFired}, {host.Refusal}, {host.Outcome}"));
}
