// SPDX-License-Identifier: MIT
using AudioMesh.Midi;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Follows a MIDI clock, and reports what the transport does.</summary>
internal sealed class MidiClockInNode(NodeType type, NodeArguments arguments) : MidiClockNode(type, arguments)
{
    private const int ClocksPerSixteenth = 6;

    private readonly MidiEvent[] _events = new MidiEvent[MidiBuffer.Capacity];
    private readonly MidiClockFollower _follower = new();
    private long _nextClock;
    private long _position;
    private long _clocks;
    private int _isRunning;
    private int _rate;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        _rate = format.Rate;
        _follower.Reset(_rate);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        int count = context.Device.ReadMidi(Port, context.Frames, _events);
        for (int i = 0; i < count; i++)
        {
            Hear(context, _events[i]);
        }

        _follower.Pass(context.Position.Value + context.Frames);
        return FrameFlags.Silence;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "mode" => "in",
        "port" => Port,
        "bpm" => Math.Round(_follower.Bpm, 3),
        "running" => Volatile.Read(ref _isRunning) != 0,
        "position" => Volatile.Read(ref _position),
        "jitter" => Math.Round(_follower.JitterUs, 1),
        "locked" => _follower.IsLocked,
        "clocks" => Volatile.Read(ref _clocks),
        _ => null,
    };

    [RealtimeSafe]
    private void Hear(in RenderContext context, in MidiEvent midiEvent)
    {
        switch (midiEvent.Status)
        {
            case MidiStatus.Clock:
                Clock(context.Position.Value + midiEvent.Frame);
                return;
            case MidiStatus.Start:
                Place(0);
                Run(1);
                break;
            case MidiStatus.Continue:
                Run(1);
                break;
            case MidiStatus.Stop:
                Volatile.Write(ref _isRunning, 0);
                break;
            case MidiStatus.SongPosition:
                Place(midiEvent.Sixteenths);
                break;
            default:
                return;
        }

        Clock.MeshTime time = context.OutputTime.Add(new Clock.FrameCount(midiEvent.Frame).ToNanoseconds(_rate));
        context.Events.TryPush(new RenderEvent(RenderEventKind.Midi, RenderCause.None, Id, time, _position, midiEvent.Status));
    }

    [RealtimeSafe]
    private void Clock(long frame)
    {
        _follower.Clock(frame);
        Volatile.Write(ref _clocks, _clocks + 1);
        if (_isRunning != 0)
        {
            Volatile.Write(ref _position, _nextClock++ / ClocksPerSixteenth);
        }
    }

    [RealtimeSafe]
    private void Place(int sixteenths)
    {
        _nextClock = sixteenths * ClocksPerSixteenth;
        Volatile.Write(ref _position, sixteenths);
    }

    [RealtimeSafe]
    private void Run(int isRunning)
    {
        Volatile.Write(ref _isRunning, isRunning);
        _follower.Realign();
    }
}
