// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Midi;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>
/// The engine's own thread: carries events from the device thread to the subscribers and sees to the device. It looks as often as somebody needs it to, since
/// every look costs a waking: often while anybody waits for events or something is under way, seldom while nothing can happen but by a call, which wakes it.
/// </summary>
internal sealed class EnginePump : IDisposable
{
    private const int PromptMs = 10;
    private const int RunningMs = 50;
    private const int StoppedMs = 250;
    private const int StatsMs = 1000;

    private readonly AudioEngine _engine;
    private readonly EventHub _hub;
    private readonly EventQueue<RenderEvent> _renderEvents;
    private readonly Func<bool> _tick;
    private readonly object _gate = new();
    private readonly Thread _thread;
    private bool _isWoken;
    private bool _isStopping;

    /// <summary><paramref name="tick"/> is called at every look, and says whether something is under way.</summary>
    public EnginePump(AudioEngine engine, EventHub hub, EventQueue<RenderEvent> renderEvents, Func<bool> tick)
    {
        _engine = engine;
        _hub = hub;
        _renderEvents = renderEvents;
        _tick = tick;
        _thread = new Thread(Run) { IsBackground = true, Name = "am-pump" };
        _thread.Start();
    }

    /// <summary>Has it look now. Any thread but the device's.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        long nextStats = Environment.TickCount64 + StatsMs;
        int waitMs = PromptMs;
        while (Wait(waitMs))
        {
            bool hasMore = CarryEvents();
            hasMore |= _tick();
            if (Environment.TickCount64 >= nextStats)
            {
                nextStats += StatsMs;
                PublishFigures();
            }

            waitMs = hasMore || _hub.IsAwaited ? PromptMs : _engine.IsRunning ? RunningMs : StoppedMs;
        }
    }

    /// <summary>Until it is woken or so much time is over; false when it is to end.</summary>
    private bool Wait(int milliseconds)
    {
        lock (_gate)
        {
            if (!_isWoken && !_isStopping)
            {
                Monitor.Wait(_gate, milliseconds);
            }

            _isWoken = false;
            return !_isStopping;
        }
    }

    private bool CarryEvents()
    {
        bool hasAny = false;
        while (_renderEvents.TryPop(out RenderEvent renderEvent))
        {
            hasAny = true;
            _hub.Publish(Translate(renderEvent));
        }

        return hasAny;
    }

    private void PublishFigures()
    {
        bool wantsStats = _hub.IsWanted(EngineEventKind.Stats);
        bool wantsClock = _hub.IsWanted(EngineEventKind.Clock);
        if ((!wantsStats && !wantsClock) || !_engine.IsRunning)
        {
            return;
        }

        if (wantsStats)
        {
            _hub.Publish(new EngineEvent(EngineEventKind.Stats, MeshClock.Now) { Telemetry = _engine.GetTelemetry() });
        }

        if (wantsClock)
        {
            _hub.Publish(new EngineEvent(EngineEventKind.Clock, MeshClock.Now) { Clock = _engine.GetClock() });
        }
    }

    private EngineEvent Translate(RenderEvent renderEvent) => renderEvent.Kind switch
    {
        RenderEventKind.Ended => new EngineEvent(EngineEventKind.Node, renderEvent.Time)
        {
            Value = "ended",
            NodeId = renderEvent.NodeId,
            Frames = renderEvent.Value,
        },
        RenderEventKind.Over => new EngineEvent(EngineEventKind.Node, renderEvent.Time)
        {
            Value = "over",
            NodeId = renderEvent.NodeId,
            LevelDb = renderEvent.Value / 100.0,
            Channel = (int)renderEvent.Detail,
        },
        RenderEventKind.Bypassed => new EngineEvent(EngineEventKind.Bypass, renderEvent.Time)
        {
            NodeId = renderEvent.NodeId,
            NodeName = _engine.GetGraph().Nodes.FirstOrDefault(node => node.Id == renderEvent.NodeId)?.Name ?? "",
            Microseconds = renderEvent.Value / 1000,
            LimitMicroseconds = renderEvent.Detail / 1000,
        },
        RenderEventKind.Overrun => new EngineEvent(EngineEventKind.Xrun, renderEvent.Time)
        {
            Value = "overrun",
            Cause = renderEvent.Cause,
            Microseconds = renderEvent.Value / 1000,
        },
        RenderEventKind.Midi => new EngineEvent(EngineEventKind.Midi, renderEvent.Time)
        {
            Value = renderEvent.Detail switch
            {
                MidiStatus.Start => "start",
                MidiStatus.Continue => "continue",
                MidiStatus.Stop => "stop",
                _ => "position",
            },
            NodeId = renderEvent.NodeId,
            Sixteenths = renderEvent.Value,
        },
        _ => new EngineEvent(EngineEventKind.Xrun, renderEvent.Time)
        {
            Value = renderEvent.Kind switch
            {
                RenderEventKind.Underrun => "underrun",
                RenderEventKind.Missed => "missed",
                RenderEventKind.Replaced => "replaced",
                _ => "overflow",
            },
            Cause = renderEvent.Cause,
            NodeId = renderEvent.NodeId,
            Frames = renderEvent.Value,
            PredictedFrames = renderEvent.Predicted,
            Microseconds = renderEvent.Value * 1_000_000 / Math.Max(_engine.Stream?.Rate ?? 0, 1),
            PauseMicroseconds = renderEvent.Kind == RenderEventKind.Underrun ? renderEvent.Detail / 1000 : 0,
        },
    };
}
