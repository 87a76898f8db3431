// SPDX-License-Identifier: MIT
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>An engine that records what it plays, through a server that crashes and returns.</summary>
[TestFixture]
internal sealed class JackHoldoverTests : JackFixture
{
    private const int AudibleFrames = 5760;

    [Test]
    public void What_was_recorded_is_predicted_when_the_server_crashes_and_heard_again_when_it_is_back()
    {
        using AudioEngine engine = new();
        using EventSubscription events = engine.Subscribe();
        events.Select([EngineEventKind.Xrun, EngineEventKind.Device]);
        engine.OpenDevice("jack", Request() with { OutputChannels = 1, InputChannels = 1, AutoConnect = false });
        engine.Connect(Add(engine, "tone"), Add(engine, "device_sink"));
        int source = Add(engine, "device_source");
        int sink = Add(engine, "app_sink");
        engine.Connect(source, sink);
        FrameRingReader heard = ((IRingNode)engine.FindNode(sink)).Ring.Reader;
        engine.Start();
        engine.ConnectPorts("amtest:out_1", "amtest:in_1");
        Await(heard, (flags, peak) => peak > 0.5f && flags == FrameFlags.None, "the tone");

        // A connection that has just been made is not remembered yet.
        Thread.Sleep(1000);
        Server.Crash();
        Await(heard, (flags, peak) => peak > 0.1f && flags == (FrameFlags.Predicted | FrameFlags.Dropout), "the tone, predicted");
        Await(heard, (flags, peak) => peak == 0 && flags == FrameFlags.Dropout, "silence");

        Server.Start();
        EngineEvent gap = Await(events, e => e is { Value: "underrun", Cause: RenderCause.Device } && IsRunning(engine));
        Assert.That((gap.NodeId, gap.PredictedFrames), Is.EqualTo((source, (long)AudibleFrames)));
        Assert.That(gap.Frames, Is.GreaterThan(AudibleFrames));
        Await(heard, (flags, peak) => peak > 0.5f && flags == FrameFlags.None, "the tone again");
        engine.Stop();
    }

    // An engine counts as running again when its ports are connected as before.
    [Test]
    public void Plays_again_within_two_seconds_of_the_servers_return()
    {
        using AudioEngine engine = new();
        engine.OpenDevice("jack", Request());
        engine.Connect(Add(engine, "tone"), Add(engine, "device_sink"));
        engine.Start();
        long backMs = Patience.ShortestMs(tries: 3, () =>
        {
            Thread.Sleep(1000);
            Server.Crash();
            Assert.That(SpinWait.SpinUntil(() => !IsRunning(engine), Patience.Ms), Is.True, "lost");
            Server.Start();
            return Patience.MsOf(() => Assert.That(SpinWait.SpinUntil(() => IsRunning(engine), Patience.Ms), Is.True, "back"));
        });
        Assert.That(backMs, Is.LessThan(2000));
        engine.Stop();
    }

    private static bool IsRunning(AudioEngine engine) => engine.GetTelemetry().State == EngineState.Running;

    private static int Add(AudioEngine engine, string type) =>
        engine.CreateNode(type, new Dictionary<string, ParameterValue> { ["channels"] = 1 }).Id;

    private static void Await(FrameRingReader reader, Func<FrameFlags, float, bool> isIt, string what)
    {
        float[] block = new float[64];
        bool came = SpinWait.SpinUntil(
            () => reader.Read(block, out JamAudioFrame frame) > 0 && isIt(frame.Flags & ~FrameFlags.Discontinuity, block.Max(Math.Abs)), 20_000);
        Assert.That(came, Is.True, what);
    }

    private static EngineEvent Await(EventSubscription events, Predicate<EngineEvent> isIt)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        EngineEvent next;
        do
        {
            next = events.Events.ReadAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        }
        while (!isIt(next));

        return next;
    }
}
