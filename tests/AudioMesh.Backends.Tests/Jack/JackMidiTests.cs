// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Midi;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>MIDI ports of a client, on a server of the test's own.</summary>
[TestFixture]
internal sealed class JackMidiTests : JackFixture
{
    [Test]
    public void Midi_ports_are_there_as_asked_for_and_told_apart_from_audio()
    {
        JackBackend backend = NewRunning(MidiRequest() with { MidiOutputs = 2 }, out _);
        Assert.That(backend.Stream!.Ports, Is.EqualTo(new[] { "amtest:out_1" }));
        Assert.That(backend.Stream.MidiPorts, Is.EqualTo(new[] { "amtest:midi_out_1", "amtest:midi_out_2", "amtest:midi_in_1" }));
    }

    [Test]
    public void Messages_arrive_in_order_at_the_frames_they_were_sent_at_without_allocation()
    {
        JackBackend backend = New();
        MidiEcho echo = new();
        backend.Open(MidiRequest(), echo);
        backend.Start();
        backend.Connect("amtest:midi_out_1", "amtest:midi_in_1");
        Assert.That(SpinWait.SpinUntil(() => echo.Received >= 4000, Patience.Ms), Is.True, "messages");
        backend.Stop();
        Assert.That((echo.Wrong, echo.AllocatedBytes), Is.EqualTo((0, 0L)));
    }

    [Test]
    public void An_audio_port_is_not_connected_to_a_midi_port()
    {
        JackBackend backend = NewRunning(MidiRequest(), out _);
        Throws(AudioErrorKind.InvalidArgument, () => backend.Connect("amtest:out_1", "amtest:midi_in_1"));
    }

    [Test]
    public void After_the_server_went_and_returned_midi_ports_and_their_connections_are_as_before()
    {
        JackBackend backend = NewRunning(MidiRequest(), out _);
        backend.Connect("amtest:midi_out_1", "amtest:midi_in_1");
        Thread.Sleep(1000);
        Server.Crash();
        AwaitEvent(backend, DeviceEventKind.Lost);
        backend.Close();
        Server.Start();
        backend.Open(MidiRequest(), new Renderer());
        backend.Start();
        AwaitConnections(backend, new JackConnection("amtest:midi_out_1", "amtest:midi_in_1"));
    }

    [Test]
    public void A_clock_that_is_sent_is_followed_through_the_servers_crash_and_return()
    {
        using AudioEngine engine = new();
        using EventSubscription events = engine.Subscribe();
        events.Select([EngineEventKind.Midi]);
        engine.OpenDevice("jack", MidiRequest());
        int sender = Add(engine, ("mode", "out"), ("bpm", 150));
        int follower = Add(engine);
        engine.Start();
        engine.ConnectPorts("amtest:midi_out_1", "amtest:midi_in_1");
        AwaitTempo(engine, follower, 150);
        engine.SetParameters(sender, new Dictionary<string, ParameterValue> { ["running"] = true });
        Assert.That(Await(events, "start").NodeId, Is.EqualTo(follower));

        // A connection that has just been made is not remembered yet.
        Thread.Sleep(1000);
        Server.Crash();
        Assert.That(SpinWait.SpinUntil(() => Number(engine, follower, "locked") == 0, Patience.Ms), Is.True, "no clock while the server is gone");
        Server.Start();
        Assert.That(Await(events, "position").Sixteenths, Is.GreaterThan(4));
        AwaitTempo(engine, follower, 150);
        Assert.That(Number(engine, follower, "position"), Is.EqualTo(Number(engine, sender, "position")).Within(2));
        engine.Stop();
    }

    private static void AwaitTempo(AudioEngine engine, int follower, double bpm)
    {
        bool IsSo() => Number(engine, follower, "locked") == 1 && Math.Abs(Number(engine, follower, "bpm") - bpm) < 0.5;
        Assert.That(SpinWait.SpinUntil(IsSo, Patience.Ms), Is.True, "the tempo");
    }

    private static double Number(AudioEngine engine, int node, string parameter) => engine.FindNode(node).Get(parameter)!.Value.Number;

    private static int Add(AudioEngine engine, params (string Name, ParameterValue Value)[] arguments) =>
        engine.CreateNode("midi_clock", arguments.ToDictionary(argument => argument.Name, argument => argument.Value)).Id;

    private static EngineEvent Await(EventSubscription events, string value)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        EngineEvent next;
        do
        {
            next = events.Events.ReadAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        }
        while (next.Value != value);

        return next;
    }

    private StreamRequest MidiRequest() => Request() with { OutputChannels = 1, MidiOutputs = 1, MidiInputs = 1, AutoConnect = false };

    /// <summary>Sends a few numbered notes every period and checks those that come.</summary>
    private sealed class MidiEcho : IRenderCallback
    {
        private const int BlocksToWarmUp = 100;
        private int _sent;
        private int _expected = -1;
        private int _blocks;
        private long _allocatedBefore;

        public int Received { get; private set; }

        public int Wrong { get; private set; }

        public long AllocatedBytes { get; private set; }

        public void Render(in DeviceBlock block)
        {
            foreach (MidiEvent midiEvent in block.MidiInputs![0].Events)
            {
                Check(midiEvent, block.Frames);
            }

            for (int i = 0; i < 4; i++, _sent++)
            {
                block.MidiOutputs![0].TryAdd(new MidiEvent(FrameOf(_sent, block.Frames), 0x90, (byte)(_sent & 0x7F), (byte)((_sent >> 7) & 0x7F)));
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread();
            _allocatedBefore = _blocks++ < BlocksToWarmUp ? allocated : _allocatedBefore;
            AllocatedBytes = allocated - _allocatedBefore;
        }

        private void Check(in MidiEvent midiEvent, int frames)
        {
            int number = midiEvent.Data1 | (midiEvent.Data2 << 7);
            bool isNext = _expected < 0 || number == (_expected & 0x3FFF);
            Wrong += isNext && midiEvent.Status == 0x90 && midiEvent.Frame == FrameOf(number, frames) ? 0 : 1;
            _expected = number + 1;
            Received++;
        }

        // The first of each four at the start of a period, and the last at its end.
        private static int FrameOf(int number, int frames) => (number & 3) * (frames - 1) / 3;
    }
}
