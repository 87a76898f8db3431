// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>The engine's own thread: carries events from the device thread to the subscribers and sees to the device.</summary>
internal sealed class EnginePump : IDisposable
{
    private const int TickMs = 10;
    private const int StatsMs = 1000;

    private readonly EventHub _hub;
    private readonly EventQueue<RenderEvent> _renderEvents;
    private readonly Action _tick;
    private readonly Func<EngineTelemetry> _telemetry;
    private readonly Func<int> _rate;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public EnginePump(EventHub hub, EventQueue<RenderEvent> renderEvents, Action tick, Func<EngineTelemetry> telemetry, Func<int> rate)
    {
        _hub = hub;
        _renderEvents = renderEvents;
        _tick = tick;
        _telemetry = telemetry;
        _rate = rate;
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
                PublishStats();
            }
        }
    }

    private void PublishStats()
    {
        if (!_hub.IsWanted(EngineEventKind.Stats))
        {
            return;
        }

        EngineTelemetry telemetry = _telemetry();
        if (telemetry.State != EngineState.Stopped)
        {
            _hub.Publish(new EngineEvent(EngineEventKind.Stats, MeshClock.Now) { Telemetry = telemetry });
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
        RenderEventKind.Overrun => new EngineEvent(EngineEventKind.Xrun, renderEvent.Time)
        {
            Value = "overrun",
            Cause = renderEvent.Cause,
            Microseconds = renderEvent.Value / 1000,
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
            Microseconds = renderEvent.Value * 1_000_000 / Math.Max(_rate(), 1),
            PauseMicroseconds = renderEvent.Kind == RenderEventKind.Underrun ? renderEvent.Detail / 1000 : 0,
        },
    };
}
