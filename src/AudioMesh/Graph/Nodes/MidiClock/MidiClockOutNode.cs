// SPDX-License-Identifier: MIT
using AudioMesh.Midi;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Sends a MIDI clock, on the frame nearest to each clock's time. Clocks go on while it stands, so that who follows knows the tempo before it starts. What is set is sent
/// with the first frame of the next block; the first clock after a start or continue is at the same frame.
/// </summary>
internal sealed class MidiClockOutNode : MidiClockNode
{
    private readonly MidiClockGrid _grid = new();
    private readonly RampedParameter _bpm;
    private readonly SongPlace _place;
    private int _wantsRunning;
    private bool _isRunning;
    private bool _isBehind;
    private long _clocks;
    private int _rate;

    /// <summary>One that sends what <paramref name="arguments"/> say.</summary>
    public MidiClockOutNode(NodeType type, NodeArguments arguments)
        : base(type, arguments)
    {
        _bpm = new RampedParameter(arguments.Number("bpm"), usualFrames: 0);
        _place = new SongPlace(arguments.Integer("position"));
        _wantsRunning = arguments.Flag("running") ? 1 : 0;
    }

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format) => _rate = format.Rate;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        long first = context.Position.Value;
        CatchUpWith(first);
        _grid.SetTempo(first, _bpm.Advance(context.Frames, out _), _rate);
        Obey(context);
        for (long frame = _grid.NextFrame; frame < first + context.Frames; frame = _grid.NextFrame)
        {
            SendClock(context, (int)(frame - first));
            _grid.Advance();
        }

        return FrameFlags.Silence;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter switch
    {
        "bpm" => _bpm,
        "position" => _place,
        _ => null,
    };

    /// <inheritdoc/>
    public override void Set(string parameter, ParameterValue value)
    {
        if (parameter == "running")
        {
            Volatile.Write(ref _wantsRunning, (int)value.Number);
            return;
        }

        base.Set(parameter, value);
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "mode" => "out",
        "port" => Port,
        "bpm" => _bpm.Value,
        "running" => Volatile.Read(ref _wantsRunning) != 0,
        "position" => _place.Wanted is >= 0 and int wanted ? wanted : _place.Value,
        "clocks" => Volatile.Read(ref _clocks),
        _ => null,
    };

    [RealtimeSafe]
    private void Obey(in RenderContext context)
    {
        bool wantsRunning = Volatile.Read(ref _wantsRunning) != 0;
        int position = _place.TakeWanted();
        if (_isRunning && (!wantsRunning || position != SongPlace.Nowhere))
        {
            _isRunning = false;
            Send(context, new MidiEvent(0, MidiStatus.Stop));
        }

        if (position != SongPlace.Nowhere)
        {
            _place.NextClock = (long)position * SongPlace.ClocksPerSixteenth;
            Send(context, MidiEvent.SongPosition(0, position));
        }

        if (wantsRunning && !_isRunning)
        {
            _isRunning = true;
            Send(context, new MidiEvent(0, _place.NextClock == 0 ? MidiStatus.Start : MidiStatus.Continue));
            _grid.Align(context.Position.Value);
        }
    }

    /// <summary>A node that was bypassed for a while has missed its clocks.</summary>
    [RealtimeSafe]
    private void CatchUpWith(long frame)
    {
        long missed = _grid.SkipTo(frame);
        if (missed > 0 && _isRunning)
        {
            _place.NextClock += missed;
            _isBehind = true;
        }
    }

    [RealtimeSafe]
    private void SendClock(in RenderContext context, int frame)
    {
        if (_isRunning && _isBehind && _place.NextClock % SongPlace.ClocksPerSixteenth == 0)
        {
            TellPosition(context, frame);
        }

        bool isSent = Send(context, new MidiEvent(frame, MidiStatus.Clock));
        Volatile.Write(ref _clocks, _clocks + (isSent ? 1 : 0));
        if (_isRunning)
        {
            _place.NextClock++;
        }
    }

    /// <summary>Who follows has missed something, and is told where we are.</summary>
    [RealtimeSafe]
    private void TellPosition(in RenderContext context, int frame)
    {
        _isBehind = false;
        Send(context, new MidiEvent(frame, MidiStatus.Stop));
        Send(context, MidiEvent.SongPosition(frame, (int)Math.Min(_place.NextClock / SongPlace.ClocksPerSixteenth, MidiEvent.MaxSongPosition)));
        Send(context, new MidiEvent(frame, MidiStatus.Continue));
    }

    [RealtimeSafe]
    private bool Send(in RenderContext context, in MidiEvent midiEvent)
    {
        bool isSent = context.Device.WriteMidi(Port, midiEvent);
        _isBehind |= !isSent;
        return isSent;
    }
}
