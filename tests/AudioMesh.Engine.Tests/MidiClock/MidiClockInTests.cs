// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Midi;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.MidiClock;

internal sealed class MidiClockInTests : MidiFixture
{
    [TestCase(120, 0)]
    [TestCase(120, 100)]
    [TestCase(61.8, 150)]
    [TestCase(240, 50)]
    [TestCase(300, 0)]
    public void The_tempo_is_told_within_two_tenths_of_a_percent_through_the_jitter_and_the_jitter_too(double bpm, int jitterFrames)
    {
        int node = Follow();
        RepeatableRandom random = new(1);
        double interval = 48_000 * 60 / (24 * bpm);
        Play(Enumerable.Range(1, 480).Select(k => ((long)((k * interval) + (jitterFrames * random.NextSample())), MidiStatus.Clock)));
        Assert.That(Number(node, "bpm"), Is.EqualTo(bpm).Within(0.2).Percent);
        Assert.That(Number(node, "jitter"), Is.EqualTo(jitterFrames / Math.Sqrt(3) / 48_000 * 1e6).Within(30).Percent.Or.LessThan(15));
        Assert.That((Number(node, "locked"), Number(node, "clocks")), Is.EqualTo((1, 480)));
    }

    [Test]
    public void It_is_locked_after_a_quarter_note_and_a_tempo_is_told_after_two_clocks()
    {
        int node = Follow();
        Play([(10, MidiStatus.Clock), (1010, MidiStatus.Clock)]);
        Assert.That((Number(node, "bpm"), Number(node, "locked")), Is.EqualTo((120, 0)));
        Play(Steady(24, 1000, from: 1010 - Device.DeviceFrame + 1000));
        Assert.That((Number(node, "bpm"), Number(node, "locked")), Is.EqualTo((120, 1)));
    }

    [Test]
    public void Clocks_that_stay_away_are_no_tempo()
    {
        int node = Follow();
        Play(Steady(48, 1000), rest: 48_000);
        Assert.That((Number(node, "bpm"), Number(node, "locked"), Number(node, "jitter")), Is.EqualTo((0, 0, 0)));
    }

    [TestCase(2000)]
    [TestCase(500)]
    public void A_tempo_that_jumps_is_followed_from_the_third_clock_on(int interval)
    {
        int node = Follow();
        Play(Steady(48, 1000));
        Play(Steady(4, interval, from: interval));
        Assert.That(Number(node, "bpm"), Is.EqualTo(120_000.0 / interval).Within(0.5).Percent);
    }

    [Test]
    public void A_tempo_that_drifts_is_followed()
    {
        int node = Follow();
        double frame = 0;
        Play(Enumerable.Range(0, 960).Select(k => ((long)(frame += 1000 - (k / 9.6)), MidiStatus.Clock)));
        Assert.That(Number(node, "bpm"), Is.EqualTo(120_000 / 900.0).Within(1).Percent);
    }

    [Test]
    public void The_transport_is_followed_and_reported_with_its_positions()
    {
        int node = Follow();
        Play([(0, MidiStatus.Start)]);
        Play(Steady(25, 1000));
        Assert.That((Number(node, "running"), Number(node, "position")), Is.EqualTo((1, 4)));
        Play([(0, MidiStatus.Stop)]);
        Play(Steady(12, 1000));
        Assert.That((Number(node, "running"), Number(node, "position")), Is.EqualTo((0, 4)));
        Device.MidiInputs![0].TryAdd(MidiEvent.SongPosition(3, 1234));
        Device.Pull(64);
        Device.MidiInputs[0].Clear();
        Play([(0, MidiStatus.Continue)]);
        Play(Steady(7, 1000));
        Assert.That((Number(node, "running"), Number(node, "position")), Is.EqualTo((1, 1235)));
        (string Value, int NodeId, long Sixteenths)[] events =
            [.. Enumerable.Range(0, 4).Select(_ => Await(e => e.Kind == EngineEventKind.Midi)).Select(e => (e.Value, e.NodeId, e.Sixteenths))];
        Assert.That(events, Is.EqualTo(new[] { ("start", node, 0L), ("stop", node, 4L), ("position", node, 1234L), ("continue", node, 1234L) }));
    }

    [Test]
    public void A_start_between_two_clocks_does_not_disturb_the_tempo()
    {
        int node = Follow();
        Play(Steady(48, 1000));
        Play([(300, MidiStatus.Start), .. Steady(4, 1000, from: 300)]);
        Assert.That((Number(node, "bpm"), Number(node, "locked")), Is.EqualTo((120, 1)));
    }

    [Test]
    public void A_long_period_is_read_to_its_end_and_nothing_twice()
    {
        int node = Follow(2048);
        Play(Steady(100, 500));
        Assert.That((Number(node, "clocks"), Number(node, "bpm")), Is.EqualTo((100, 240)));
    }

    [Test]
    public void What_one_node_sends_another_follows()
    {
        int sender = Add("midi_clock", ("mode", "out"), ("bpm", 133.7), ("running", true));
        int node = Follow();
        Device.MidiInputs = Device.MidiOutputs;
        Device.Rendered = null;
        Device.Pull(48_000 * 4);
        Assert.That(Number(node, "bpm"), Is.EqualTo(133.7).Within(0.01));
        Assert.That(Number(node, "position"), Is.EqualTo(Number(sender, "position")).Within(1));
        Assert.That(Number(node, "jitter"), Is.LessThan(15));
    }

    [Test]
    public void A_follower_is_not_set()
    {
        int node = Follow();
        Assert.That(() => Set(node, "bpm", 100), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("args.bpm"));
        Assert.That(
            () => Add("midi_clock", ("mode", "in"), ("running", true)), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("args.running"));
        Assert.That(() => Add("midi_clock", ("mode", "both")), Throws.TypeOf<AudioMeshException>().With.Property("Allowed").EqualTo("in, out"));
    }

    [Test]
    public void A_midi_clock_carries_no_sound()
    {
        int node = Follow();
        Assert.That(() => Engine.Connect(node, Add("device_sink")), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("from"));
    }

    private int Follow(int period = 64)
    {
        Open(period);
        int node = Add("midi_clock");
        Engine.Start();
        return node;
    }

    private double Number(int node, string parameter) => Engine.FindNode(node).Get(parameter)!.Value.Number;

    private static IEnumerable<(long Frame, byte Status)> Steady(int clocks, int interval, long from = 0) =>
        Enumerable.Range(0, clocks).Select(k => (from + ((long)k * interval), MidiStatus.Clock));
}
