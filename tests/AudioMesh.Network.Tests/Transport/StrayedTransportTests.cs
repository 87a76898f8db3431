// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>Devices that run fast or slow, minutes after a start, in virtual time.</summary>
internal sealed class StrayedTransportTests
{
    private const double NsPerFrame = 1e9 / 48_000;
    private const int BeatFrames = 24_000;
    private const double MostErrorMs = 1;
    private const double MostErrorFrames = MostErrorMs * 48;

    [Test]
    public void A_transport_that_drifts_too_far_is_said_to_have_strayed_once_and_left_alone_unless_asked_otherwise()
    {
        TransportRig rig = Play(TransportRelocation.Never, followsMesh: false, out _);
        rig.Run(100);
        foreach (RigHost host in rig.Hosts)
        {
            TransportAgentEvent[] strayed = [.. host.Events.Where(happened => happened.Kind == TransportAgentEventKind.Strayed)];
            Assert.That(strayed, Has.Length.EqualTo(1));
            Assert.That(Math.Abs(strayed[0].ErrorFrames!.Value), Is.EqualTo(MostErrorFrames).Within(10));
            Assert.That(host.Events.Select(happened => happened.Kind), Has.None.EqualTo(TransportAgentEventKind.Relocated));
        }

        Assert.That(rig.Director.Hosts, Has.Count.EqualTo(2).And.All.Property("HasStrayed").True, "the director sees it");
        Assert.That(rig.Director.Hosts.Select(host => Math.Abs(host.ErrorFrames!.Value)), Is.All.GreaterThan(MostErrorFrames));
    }

    [TestCase(TransportRelocation.AtOnce, 0)]
    [TestCase(TransportRelocation.AtBeat, BeatFrames)]
    [TestCase(TransportRelocation.AtBar, 4 * BeatFrames)]
    public void A_transport_that_strayed_is_located_so_that_it_is_right_again_from_then_on(TransportRelocation relocation, int grid)
    {
        TransportRig rig = Play(relocation, followsMesh: false, out DirectorRun run);
        double[] worst = [0, 0];
        for (int look = 0; look < 1500; look++)
        {
            rig.Run(0.1);
            worst = [.. rig.Hosts.Select((host, i) => Math.Max(worst[i], Math.Abs(host.Agent.GetStatus().ErrorFrames ?? 0)))];
        }

        Assert.That(worst, Is.All.LessThan(MostErrorFrames + (4 * 48_000 * 100e-6) + 2), "a bar and some more of drift at most");
        foreach (RigHost host in rig.Hosts)
        {
            TransportAgentEvent[] relocated = [.. host.Events.Where(happened => happened.Kind == TransportAgentEventKind.Relocated)];
            Assert.That(relocated, Has.Length.InRange(3, 8), "every half a minute");
            Assert.That(relocated.Select(happened => happened.Order!.Frame!.Value - (grid > 0 ? happened.Order.Frame.Value / grid * grid : happened.Order.Frame.Value)), Is.All.Zero);
            Assert.That(host.Agent.GetStatus().Last!.Value, Has.Property("Result").EqualTo(TransportResult.Done).And.Property("ErrorFrames").EqualTo(0).Within(1.5));
            CheckNow(host, run, MostErrorFrames + (4 * 48_000 * 100e-6) + 2);
        }
    }

    [Test]
    public void A_stop_that_is_ordered_while_a_relocation_waits_for_its_bar_stops_all_at_one_frame()
    {
        TransportRig rig = Play(TransportRelocation.AtBar, followsMesh: false, out _);
        for (int look = 0; look < 4000 && !rig.Hosts.Exists(IsRelocating); look++)
        {
            rig.Run(0.05);
        }

        Assert.That(rig.Hosts.Exists(IsRelocating), Is.True);
        Assert.That(rig.Carry(new DirectorPlan { Action = TransportAction.Stop, LeadMs = 300 }).Phase, Is.EqualTo(DirectorPhase.Done));
        rig.Run(5);
        Assert.That(rig.Hosts.Select(host => host.Agent.GetStatus().Frame).Distinct(), Has.Exactly(1).Items);
        Assert.That(rig.Hosts.Select(host => host.Agent.GetStatus().State), Is.All.EqualTo(TransportState.Stopped));
    }

    [Test]
    public void An_engine_that_follows_mesh_time_is_at_the_right_frame_ten_minutes_later()
    {
        TransportRig rig = Play(TransportRelocation.Never, followsMesh: true, out DirectorRun run);
        rig.Run(30);
        for (int minute = 0; minute < 10; minute++)
        {
            rig.Run(60);
            CheckNow(rig.Hosts[0], run, 1 + (rig.Hosts[0].Agent.GetStatus().BoundNs / NsPerFrame));
        }

        Assert.That(rig.Hosts[0].Events.Select(happened => happened.Kind), Has.None.EqualTo(TransportAgentEventKind.Strayed));
        Assert.That(Math.Abs(rig.Hosts[0].Agent.GetStatus().ErrorFrames!.Value), Is.LessThan(1));
    }

    private static bool IsRelocating(RigHost host) => host.Events is [.., { Kind: TransportAgentEventKind.Relocated }];

    private static TransportRig Play(TransportRelocation relocation, bool followsMesh, out DirectorRun run)
    {
        TransportRig rig = new(9, new TransportAgentOptions { MostErrorMs = MostErrorMs, Relocates = relocation }, followsMesh, (64, null), (128, 0));
        run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 48_000, LeadMs = 300 });
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Done));
        return rig;
    }

    private static void CheckNow(RigHost host, DirectorRun run, double most)
    {
        double error = host.Now.Frame - run.Frame!.Value - ((host.Now.At - run.At) / NsPerFrame);
        Assert.That(Math.Abs(error), Is.LessThan(most), $"{host.Name}, by the reference's clock");
    }
}
