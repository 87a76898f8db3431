// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>
/// A JACK server's transport in virtual time, with its delays: a command is seen at the end of the cycle, a position is copied then and shown a cycle later, and starting
/// waits for all who follow.
/// </summary>
internal sealed class SimulatedJack(int period, int slowCycles) : IPeriodTransport
{
    private IPeriodTransportHandler? _handler;
    private bool? _command;
    private bool _lastCommand;
    private long? _request;
    private bool _hasPending;
    private long _pending;
    private long _current;
    private bool _isReady;
    private int _slowLeft;
    private long _deviceFrame;

    public string Driver => "jack";

    public int Rate => 48_000;

    public int PeriodFrames => period;

    public long MaxFrame => uint.MaxValue;

    public long Xruns => 0;

    public string LostReason { get; set; } = "";

    public TransportState State { get; private set; }

    public long Frame => _current;

    public void Run(IPeriodTransportHandler handler) => _handler = handler;

    public void Start() => _command = true;

    public void Stop() => _command = false;

    public void Locate(long frame) => _request = frame;

    public IBeatSource? Beats { get; private set; }

    public bool SharesBeats => Beats is not null;

    public void ShareBeats(IBeatSource beats, BeatSharing sharing) => Beats = sharing == BeatSharing.Off ? null : beats;

    public void Dispose() => _handler = null;

    public void Cycle(MeshTime output)
    {
        _current = _pending;
        bool? command = _command is { } told && told != _lastCommand ? told : null;
        _lastCommand = _command ?? _lastCommand;
        if (command == false && State != TransportState.Stopped)
        {
            State = TransportState.Stopped;
        }
        else if (State == TransportState.Stopped ? command == true : _hasPending)
        {
            State = TransportState.Starting;
            (_isReady, _slowLeft) = (false, slowCycles);
        }
        else if (State == TransportState.Starting && _isReady && _slowLeft <= 0)
        {
            State = TransportState.Rolling;
        }

        _hasPending = false;
        _pending += State == TransportState.Rolling ? period : 0;
        if (_request is { } request)
        {
            (_pending, _hasPending, _request) = (request, true, null);
        }

        if (State == TransportState.Starting)
        {
            _slowLeft--;
            _isReady |= _handler?.IsReady() ?? true;
        }

        _handler?.Cycle(new TransportCycle(_deviceFrame, period, output, State, _current));
        _deviceFrame += period;
    }
}
