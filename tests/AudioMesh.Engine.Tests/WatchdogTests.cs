// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using AudioMesh.Control;
using AudioMesh.Graph;

namespace AudioMesh.Engine.Tests;

/// <summary>Nodes that take longer than a period has room for.</summary>
internal sealed class WatchdogTests : EngineFixture
{
    /// <summary>One to be suspected, eight to be sure.</summary>
    private const int Patience = 9;

    [Test]
    public void A_node_that_works_too_long_time_after_time_is_left_out_and_an_event_says_so()
    {
        (int source, int slow) = PlayThrough("busy");
        Device.Pull(64 * (Patience - 1), Ones(64 * (Patience - 1)));
        Assert.That(Engine.FindNode(slow).IsBypassed, Is.False);
        Device.Pull(64 * 20, Ones(64 * 20));
        EngineEvent told = Await(e => e.Kind == EngineEventKind.Bypass);
        Assert.That((told.NodeId, told.NodeName, told.LimitMicroseconds), Is.EqualTo((slow, $"busy-{slow}", 1199L)));
        Assert.That(told.Microseconds, Is.GreaterThan(told.LimitMicroseconds));
        Assert.That(Engine.FindNode(slow).IsBypassed, Is.True);
        Assert.That(Engine.FindNode(source).IsBypassed, Is.False);
        EngineTelemetry telemetry = Engine.GetTelemetry();
        Assert.That(telemetry.Bypassed, Is.EqualTo(1));
        Assert.That(telemetry.LateFrames, Is.EqualTo(64 * telemetry.Overruns).And.GreaterThanOrEqualTo(64 * Patience));
    }

    [Test]
    public void What_goes_past_a_node_that_is_left_out_is_its_input_and_joins_without_a_click()
    {
        (_, int slow) = PlayThrough("busy");
        float[] sound = Device.Pull(64 * 40, Ones(64 * 40))[0];

        // It halves what comes to it.
        Assert.That((sound[0], sound[64 * Patience - 1], sound[^1]), Is.EqualTo((0.5f, 0.5f, 1f)));
        Assert.That(LargestStep(sound), Is.LessThan(0.5f / Declicker.DecayFrames * 1.01f));
        Assert.That(Engine.FindNode(slow).IsBypassed, Is.True);
    }

    [Test]
    public void A_source_that_is_left_out_is_silent()
    {
        Open();
        int slow = Add("slow");
        Chain(slow, Add("device_sink", ("channels", 1)));
        Engine.Start();
        Device.Pull(64 * 20);
        Assert.That(Engine.FindNode(slow).IsBypassed, Is.True);
        Assert.That(Device.Pull(64)[0], Is.All.Zero);
    }

    [Test]
    public void One_that_is_restored_plays_again_without_a_click_and_is_left_out_again_when_it_did_not_get_better()
    {
        (_, int slow) = PlayThrough("busy");
        Device.Pull(64 * 20, Ones(64 * 20));
        Assert.That(Ask($$"""{"cmd":"get","id":{{slow}}}"""), Does.Contain("\"bypassed\":true"));
        BusyNode.Milliseconds = 0;
        Assert.That(Ask($$"""{"cmd":"restore","id":{{slow}}}"""), Does.Contain("\"ok\":true"));
        float[] sound = Device.Pull(64 * 20, Ones(64 * 20))[0];
        Assert.That((sound[^1], Engine.FindNode(slow).IsBypassed), Is.EqualTo((0.5f, false)));
        Assert.That(LargestStep(sound), Is.LessThan(0.5f / Declicker.DecayFrames * 1.01f));
        Assert.That(Ask($$"""{"cmd":"get","id":{{slow}}}"""), Does.Not.Contain("bypassed"));
        BusyNode.Milliseconds = 5;
        Device.Pull(64 * 20, Ones(64 * 20));
        Assert.That(Engine.FindNode(slow).IsBypassed, Is.True);
    }

    [Test]
    public void A_machine_that_stands_still_costs_no_node_its_place()
    {
        // It waits and does not work: as when the machine, or a collector, stops the thread in the middle of an innocent node.
        (_, int stalled) = PlayThrough("stalled");
        float[] sound = Device.Pull(64 * 40, Ones(64 * 40))[0];
        Assert.That((Engine.FindNode(stalled).IsBypassed, sound[^1]), Is.EqualTo((false, 0.5f)));
        Assert.That(Engine.GetTelemetry().Overruns, Is.GreaterThanOrEqualTo(40));
    }

    [Test]
    public void Where_the_device_freewheels_nothing_is_left_out()
    {
        Device.Freewheels = true;
        (_, int slow) = PlayThrough("busy");
        Device.Pull(64 * 20, Ones(64 * 20));
        Assert.That((Engine.FindNode(slow).IsBypassed, Engine.GetTelemetry().LateFrames), Is.EqualTo((false, 0L)));
    }

    [TearDown]
    public void ResetNode() => BusyNode.Milliseconds = 5;

    private static float[][] Ones(int frames) => [GraphTests.Fill(frames, 1)];

    private (int Source, int Node) PlayThrough(string type)
    {
        Open(inputChannels: 1, outputChannels: 1);
        int source = Add("device_source", ("channels", 1));
        int node = Add(type);
        Chain(source, node, Add("device_sink", ("channels", 1)));
        Engine.Start();
        return (source, node);
    }

    private string Ask(string request)
    {
        using ControlSession session = new(Engine);
        ArrayBufferWriter<byte> reply = new();
        session.Handle(Encoding.UTF8.GetBytes(request), reply);
        return Encoding.UTF8.GetString(reply.WrittenSpan);
    }
}
