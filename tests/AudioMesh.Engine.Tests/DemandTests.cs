// SPDX-License-Identifier: MIT
using AudioMesh.Backends;

namespace AudioMesh.Engine.Tests;

/// <summary>A device that runs on demand: it rests while the graph is empty, unless somebody said otherwise.</summary>
internal sealed class DemandTests : EngineFixture
{
    private const int RestAfterMs = 100;

    [Test]
    public void It_runs_from_the_start_and_rests_when_the_graph_stays_empty()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        Assert.That(Device.State, Is.EqualTo(BackendState.Running));
        WhilePulling(() => Await(e => e.Value == "stopped"));
        Assert.That((Device.State, Engine.GetTelemetry().State), Is.EqualTo((BackendState.Open, EngineState.Stopped)));
    }

    [Test]
    public void The_first_node_wakes_it_and_the_last_one_lets_it_rest()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        WhilePulling(() =>
        {
            for (int round = 0; round < 3; round++)
            {
                Await(e => e.Value == "stopped");
                int node = Add("tone");
                Await(e => e.Value == "running");
                Engine.DestroyNode(node);
            }
        });
    }

    [Test]
    public void A_node_keeps_it_awake_however_silent()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        Add("mixer");
        Thread.Sleep(4 * RestAfterMs);
        Assert.That(Engine.GetTelemetry().State, Is.EqualTo(EngineState.Running));
    }

    [Test]
    public void Who_starts_it_has_it_run_until_it_is_stopped()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        Engine.Start();
        Thread.Sleep(4 * RestAfterMs);
        Assert.That(Engine.GetTelemetry().State, Is.EqualTo(EngineState.Running));
    }

    [Test]
    public void Who_stops_it_has_it_stand_still_until_it_is_started()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        WhilePulling(Engine.Stop);
        Add("tone");
        Thread.Sleep(2 * RestAfterMs);
        Assert.That(Engine.GetTelemetry().State, Is.EqualTo(EngineState.Stopped));
        Engine.Start();
        Assert.That(Engine.GetTelemetry().State, Is.EqualTo(EngineState.Running));
    }

    [Test]
    public void A_device_that_is_opened_in_its_place_waits_for_a_start()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        WhilePulling(() => Await(e => e.Value == "stopped"));
        Engine.OpenDevice("auto", new StreamRequest { PeriodFrames = 128 });
        Add("tone");
        Thread.Sleep(2 * RestAfterMs);
        Assert.That(Engine.GetTelemetry().State, Is.EqualTo(EngineState.Stopped));
    }

    [Test]
    public void One_that_is_lost_at_rest_is_returned_to_and_rests_again()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        WhilePulling(() => Await(e => e.Value == "stopped"));
        Device.RefusesToOpen = true;
        Device.Lose();
        Await(e => e.Value == "holdover");
        Await(e => e.Value == "waiting");
        Device.RefusesToOpen = false;
        WhilePulling(() =>
        {
            Await(e => e.Value == "returned");
            Await(e => e.Value == "stopped");
        });
        Assert.That(Device.State, Is.EqualTo(BackendState.Open));
    }

    [Test]
    public void A_start_on_a_device_that_was_lost_while_stopped_holds_time_until_it_is_back()
    {
        Open();
        Engine.Start();
        WhilePulling(Engine.Stop);
        Device.RefusesToOpen = true;
        Device.Lose();
        Engine.Start();
        Await(e => e.Value == "holdover");
        Device.RefusesToOpen = false;
        Await(e => e.Value == "returned");
        Await(e => e.Value == "running");
    }

    [Test]
    public void One_that_does_not_start_again_is_taken_for_one_that_is_lost()
    {
        Open();
        Engine.StartOnDemand(RestAfterMs);
        WhilePulling(() => Await(e => e.Value == "stopped"));
        Device.RefusesToStart = true;
        Add("tone");
        Assert.That(Await(e => e.Value == "waiting").Error!.Message, Does.Contain("start"));
        Await(e => e.Value == "holdover");
        Device.RefusesToStart = false;
        Await(e => e.Value == "returned");
        Await(e => e.Value == "running");
    }

    [Test]
    public void Who_begins_to_listen_hears_at_once_of_what_the_device_thread_told()
    {
        // Nobody listens, and so nobody looks often: what happens meanwhile is not lost, and who listens then is told of what comes.
        Events.Select([]);
        Open();
        int meter = Add("meter", ("limit_db", -20));
        Chain(Add("tone", ("db", 0)), meter, Add("device_sink"));
        Engine.Start();
        Thread.Sleep(300);
        Events.Select([EngineEventKind.Node]);
        Thread.Sleep(100);
        Device.Pull(48000);
        Assert.That(Await(e => e.Value == "over").NodeId, Is.EqualTo(meter));
    }
}
