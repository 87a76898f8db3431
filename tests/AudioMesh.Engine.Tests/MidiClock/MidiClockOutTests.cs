// SPDX-License-Identifier: MIT
using AudioMesh.Midi;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.MidiClock;

internal sealed class MidiClockOutTests : MidiFixture
{
    [TestCase(120, 64)]
    [TestCase(120, 1024)]
    [TestCase(133.7, 64)]
    [TestCase(61.803, 480)]
    [TestCase(999, 64)]
    public void Every_clock_is_on_the_frame_nearest_to_its_time(double bpm, int period)
    {
        Open(period);
        Add("midi_clock", ("mode", "out"), ("bpm", bpm));
        Engine.Start();
        Device.Pull(48_000 * 20);
        double interval = 48_000 * 60 / (24 * bpm);
        Assert.That(Clocks, Is.EqualTo(Enumerable.Range(0, Clocks.Count).Select(k => (long)Math.Round(k * interval))));
        Assert.That(Clocks[^1], Is.InRange(Device.DeviceFrame - interval - 1, Device.DeviceFrame - 1));
    }

    [Test]
    public void Start_stop_and_continue_are_sent_where_they_are_set_and_the_first_clock_is_there_too()
    {
        Open();
        int node = Add("midi_clock", ("mode", "out"));
        Engine.Start();
        Device.Pull(6400);
        Set(node, "running", true);
        Device.Pull(6400);
        Set(node, "running", false);
        Device.Pull(6400);
        Set(node, "running", true);
        Device.Pull(6400);
        Assert.That(Transport, Is.EqualTo(new (long, byte, int)[] { (6400, MidiStatus.Start, 0), (12_800, MidiStatus.Stop, 0), (19_200, MidiStatus.Continue, 0) }));
        Assert.That(Sent.SkipWhile(sent => sent.Status != MidiStatus.Start).Take(3), Is.EqualTo(new (long, byte, int)[]
        {
            (6400, MidiStatus.Start, 0), (6400, MidiStatus.Clock, 0), (7400, MidiStatus.Clock, 0),
        }));
        Assert.That(Clocks, Does.Contain(19_200));
    }

    [Test]
    public void It_starts_with_the_first_block_where_it_was_made_so()
    {
        Open();
        Add("midi_clock", ("mode", "out"), ("running", true), ("position", 1000));
        Engine.Start();
        Device.Pull(64);
        Assert.That(Sent, Is.EqualTo(new (long, byte, int)[] { (0, MidiStatus.SongPosition, 1000), (0, MidiStatus.Continue, 0), (0, MidiStatus.Clock, 0) }));
    }

    [Test]
    public void A_position_is_sent_at_once_and_while_running_between_stop_and_continue()
    {
        Open();
        int node = Add("midi_clock", ("mode", "out"));
        Engine.Start();
        Device.Pull(64);
        Set(node, "position", 300);
        Device.Pull(64);
        Assert.That(Engine.FindNode(node).Get("position")!.Value.Number, Is.EqualTo(300));
        Set(node, "running", true);
        Device.Pull(64);
        Set(node, "position", 0);
        Device.Pull(64);
        Assert.That(Transport, Is.EqualTo(new (long, byte, int)[]
        {
            (64, MidiStatus.SongPosition, 300), (128, MidiStatus.Continue, 0), (192, MidiStatus.Stop, 0), (192, MidiStatus.SongPosition, 0), (192, MidiStatus.Start, 0),
        }));
    }

    [Test]
    public void The_position_counts_a_sixteenth_every_six_clocks_while_it_runs()
    {
        Open();
        int node = Add("midi_clock", ("mode", "out"), ("running", true));
        Engine.Start();
        Device.Pull(48_000);
        Assert.That(Engine.FindNode(node).Get("position")!.Value.Number, Is.EqualTo(48 / 6));
        Set(node, "running", false);
        Device.Pull(48_000);
        Assert.That(Engine.FindNode(node).Get("position")!.Value.Number, Is.EqualTo(48 / 6));
        Assert.That(Engine.FindNode(node).Get("clocks")!.Value.Number, Is.EqualTo(96));
    }

    [Test]
    public void A_new_tempo_counts_from_the_next_block_on_and_no_clock_is_lost()
    {
        Open(100);
        int node = Add("midi_clock", ("mode", "out"), ("bpm", 60));
        Engine.Start();
        Device.Pull(1000);
        Set(node, "bpm", 120);
        Device.Pull(3000);
        Assert.That(Clocks, Is.EqualTo(new long[] { 0, 1500, 2500, 3500 }));
    }

    [Test]
    public void A_tempo_that_is_set_in_every_block_loses_no_clock_and_sends_none_twice()
    {
        Open(64);
        int node = Add("midi_clock", ("mode", "out"), ("bpm", 1000));
        RepeatableRandom random = new(3);
        Engine.Start();
        double phase = 0;
        for (int block = 0; block < 20_000; block++)
        {
            double bpm = 10 + (990 * (random.Next(1000) / 999.0));
            Set(node, "bpm", bpm);
            Device.Pull(64);
            phase += 64 / (48_000 * 60 / (24 * bpm));
        }

        Assert.That((double)Clocks.Count, Is.EqualTo(phase).Within(0.5).Percent);
        Assert.That(Clocks, Is.Ordered.And.Unique);
    }

    [Test]
    public void Who_follows_is_told_the_position_when_the_port_is_there_again()
    {
        Open();
        MidiBuffer[] ports = Device.MidiOutputs!;
        Add("midi_clock", ("mode", "out"), ("running", true));
        Engine.Start();
        Device.Pull(64 * 200);
        Sent.Clear();
        Device.MidiOutputs = null;
        Device.Pull(64 * 200);
        Assert.That(Sent, Is.Empty);
        Device.MidiOutputs = ports;
        Device.Pull(64 * 200);
        Assert.That(Transport, Is.EqualTo(new (long, byte, int)[] { (30_000, MidiStatus.Stop, 0), (30_000, MidiStatus.SongPosition, 5), (30_000, MidiStatus.Continue, 0) }));
    }

    [Test]
    public void A_device_without_midi_is_no_error_and_nothing_is_sent()
    {
        Device.MidiOutputs = null;
        Open();
        int node = Add("midi_clock", ("mode", "out"), ("running", true));
        Engine.Start();
        Device.Pull(48_000);
        Assert.That(Engine.FindNode(node).Get("clocks")!.Value.Number, Is.Zero);
    }

    [TestCase("bpm", 9)]
    [TestCase("bpm", 1001)]
    [TestCase("position", 16_384)]
    [TestCase("position", 1.5)]
    [TestCase("port", 16)]
    [TestCase("jitter", 1)]
    public void What_is_out_of_range_is_refused_and_named(string argument, double value) => Assert.That(
        () => Add("midi_clock", ("mode", "out"), (argument, value)),
        Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument).And.Property("Field").EqualTo($"args.{argument}"));

    [Test]
    public void Sending_and_following_allocates_nothing()
    {
        Open();
        int sender = Add("midi_clock", ("mode", "out"), ("bpm", 999), ("running", true));
        Add("midi_clock");
        Engine.Start();
        Device.MidiInputs = Device.MidiOutputs;
        PeriodProbe probe = new(Device);
        AllocationGate.AssertNone(probe.Pull);
        Assert.That(Engine.FindNode(sender).Get("running")!.Value.Number, Is.EqualTo(1));
    }
}
