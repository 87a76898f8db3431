// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;

namespace AudioMesh.Engine.Tests;

internal sealed class AppSourceTests : EngineFixture
{
    private FrameRingWriter _writer = null!;
    private AppSourceNode _node = null!;

    [Test]
    public void It_begins_when_the_ring_holds_the_depth_asked_for()
    {
        Begin(depth: 256);
        Write(255, 1);
        Assert.That(Device.Pull(64)[0], Is.All.Zero);
        Write(1, 1);
        Assert.That(Device.Pull(64)[0], Is.All.EqualTo(1f));
    }

    [Test]
    public void Little_sound_that_is_all_the_app_has_is_played_when_the_depth_has_passed()
    {
        Begin(depth: 256, gaps: "silence");
        Write(100, 1);
        float[] sound = Device.Pull(1024)[0];
        Assert.That(sound.Count(x => x == 1f), Is.EqualTo(101), "100 written, and the first of the fade");
    }

    [Test]
    public void A_gap_is_counted_once_with_its_frames_and_named_app_late()
    {
        Begin(depth: 128);
        Write(128, 1);
        Device.Pull(64 * 5);
        Write(128, 1);
        Device.Pull(64);
        EngineEvent gap = Await(e => e.Value == "underrun");
        Assert.That((gap.Value, gap.Cause, gap.Frames, gap.NodeId), Is.EqualTo(("underrun", RenderCause.AppLate, 192L, _node.Id)));
        Assert.That((_node.Underruns, _node.UnderrunFrames, _node.GcUnderruns), Is.EqualTo((1L, 192L, 0L)));
    }

    [Test]
    public void A_gap_across_which_the_apps_runtime_stood_still_is_named_gc()
    {
        Begin(depth: 128);
        _writer.ReportPauseTotal(5_000_000);
        Write(128, 1);
        Device.Pull(64 * 5);
        _writer.ReportPauseTotal(11_000_000);
        Write(128, 1);
        Device.Pull(64);
        EngineEvent gap = Await(e => e.Value == "underrun");
        Assert.That((gap.Cause, gap.PauseMicroseconds), Is.EqualTo((RenderCause.Gc, 6000L)));
        Assert.That(_node.GcUnderruns, Is.EqualTo(1));
    }

    [Test]
    public void Without_prediction_a_gap_fades_instead_of_clicking_at_both_ends()
    {
        Begin(depth: 128, gaps: "silence");
        Write(128, 1);
        List<float> sound = [.. Device.Pull(64 * 6)[0]];
        Write(128, 1);
        sound.AddRange(Device.Pull(128)[0]);
        Assert.That(LargestStep([.. sound]), Is.LessThanOrEqualTo(1.001f / Declicker.DecayFrames));
        Assert.That(sound[^1], Is.EqualTo(1f));
        Assert.That(sound[300], Is.Zero);
    }

    [Test]
    public void A_gap_is_flagged_as_dropout_for_whoever_records_it()
    {
        Begin(depth: 128);
        int sink = Add("app_sink");
        Engine.Connect(_node.Id, sink);
        Device.Pull(512);
        FrameRingReader reader = ((IRingNode)Engine.FindNode(sink)).Ring.Reader;
        reader.Skip(reader.ReadableFrames);
        Write(128, 1);
        Device.Pull(64 * 4);
        float[] block = new float[64 * 2];
        List<FrameFlags> flags = [];
        while (reader.Read(block, out JamAudioFrame frame) > 0)
        {
            flags.Add(frame.Flags & FrameFlags.Dropout);
        }

        Assert.That(flags, Does.Contain(FrameFlags.None).And.Contain(FrameFlags.Dropout));
    }

    [Test]
    public void Its_end_is_reported_and_is_no_gap()
    {
        Begin(depth: 128);
        Write(100, 1);
        _writer.Complete();
        Device.Pull(256);
        EngineEvent end = Await(e => e.Kind == EngineEventKind.Node);
        Assert.That((end.Value, end.NodeId, end.Frames), Is.EqualTo(("ended", _node.Id, 100L)));
        Assert.That(_node.Underruns, Is.Zero);
    }

    [Test]
    public void Its_latency_is_the_depth_the_period_and_what_the_device_adds()
    {
        Begin(depth: 256);
        LatencyLedger ledger = Engine.GetLatency(_node.Id);
        Assert.That(ledger.Hops.Select(hop => (hop.Name, hop.Frames)), Is.EqualTo(new[] { ("ring", 256L), ("period", 64L), ("device", 36L) }));
        Assert.That(ledger.TotalFrames, Is.EqualTo(356));
    }

    private void Begin(int depth, string gaps = "predict")
    {
        Open();
        int source = Add("app_source", ("frames", 1024), ("depth", depth), ("gaps", gaps));
        Chain(source, Add("device_sink"));
        _node = (AppSourceNode)Engine.FindNode(source);
        _writer = _node.Ring.Writer;
        Engine.Start();
    }

    private void Write(int frames, float value) =>
        Assert.That(_writer.Write(GraphTests.Fill(frames * 2, value), MeshTime.Unknown, FrameFlags.None), Is.EqualTo(frames));
}
