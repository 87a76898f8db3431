// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Midi;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>The engine's own thread: carries events from the device thread to the subscribers and sees to the device.</summary>
internal sealed class EnginePump : IDisposable
{
    private const int TickMs = 10;
    private const int StatsMs = 1000;

    private readonly AudioEngine _engine;
    private readonly EventHub _hub;
    private readonly EventQueue<RenderEvent> _renderEvents;
    private readonly Action _tick;
    private readonly ManualResetEventSlim _stop = new(false, spinCount: 0);
    private readonly Thread _thread;

    public EnginePump(AudioEngine engine, EventHub hub, EventQueue<RenderEvent> renderEvents, Action tick)
    {
        _engine = engine;
        _hub = hub;
        _renderEvents = renderEvents;
        _tick = tick;
        _thread = new Thread(Run) { IsBackground = true, Name = "am-pump" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        long nextStats = Environment.TickCount64 + StatsMs;
        while (!_stop.Wait(TickMs))
        {
            while (_renderEvents.TryPop(out RenderEvent renderEvent))
            {
                _hub.Publish(Translate(renderEvent));
            }

            _tick();
            if (Environment.TickCount64 >= nextStats)
            {
                nextStats += StatsMs;
                PublishFigures();
            }
        }
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
