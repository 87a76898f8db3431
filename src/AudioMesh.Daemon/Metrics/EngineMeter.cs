// SPDX-License-Identifier: MIT
using System.Diagnostics.Metrics;
using AudioMesh.Daemon.Hosting;
using AudioMesh.Engine;

namespace AudioMesh.Daemon.Metrics;

/// <summary>An engine's figures as OpenTelemetry has them: docs/daemon.md lists the names and units. Any thread.</summary>
internal sealed class EngineMeter : IDisposable
{
    /// <summary>What exporters subscribe to.</summary>
    public const string Name = "AudioMesh";

    private const int FreshMs = 100;

    private readonly Meter _meter = new(Name, Control.ProductVersion.Text);
    private readonly AudioEngine _engine;
    private readonly ClientDoor _door;
    private readonly Lock _gate = new();
    private EngineTelemetry? _last;
    private long _takenAt;

    public EngineMeter(AudioEngine engine, ClientDoor door)
    {
        _door = door;
        _engine = engine;
        _meter.CreateObservableGauge("audiomesh.render.load", () => Now.Load, "1", "Share of the period spent rendering, smoothed.");
        _meter.CreateObservableGauge("audiomesh.render.load.max", () => Now.LoadPeak, "1", "The highest such share.");
        _meter.CreateObservableGauge("audiomesh.render.time", () => Quantiles(Now.RenderUs), "s", "Time spent in callbacks.");
        _meter.CreateObservableGauge("audiomesh.device.lateness", () => Quantiles(Now.LatenessUs), "s", "From when a period was due to when its callback began.");
        _meter.CreateObservableCounter("audiomesh.device.periods", () => Now.Periods, "{period}", "Device callbacks.");
        _meter.CreateObservableGauge("audiomesh.device.running", () => Now.State == EngineState.Running ? 1 : 0, "1", "1 while the device calls back, 0 while it is lost or stopped.");
        _meter.CreateObservableCounter("audiomesh.xruns", Xruns, "{xrun}", "What was heard that should not be, and what was late.");
        _meter.CreateObservableCounter("audiomesh.gap.frames", Gaps, "{frame}", "Frames in gaps of app sources, and frames that prediction made audible in gaps of all nodes.");
        _meter.CreateObservableCounter("audiomesh.events.dropped", () => Now.EventsDropped, "{event}", "Events nobody took in time.");
        _meter.CreateObservableGauge("audiomesh.nodes", () => _engine.GetGraph().Nodes.Count, "{node}", "Nodes of the graph.");
        _meter.CreateObservableGauge("audiomesh.nodes.bypassed", () => Now.Bypassed, "{node}", "Nodes that are left out because they took too long.");
        _meter.CreateObservableGauge("audiomesh.clients", () => _door.Clients, "{client}", "Clients that are connected.");
        _meter.CreateObservableCounter("audiomesh.requests", Requests, "{request}", "Requests of clients: answered, and refused because they came too fast.");
        _meter.CreateObservableCounter("audiomesh.device_thread.allocated", () => Now.AllocatedBytes, "By", "Bytes allocated on the device thread: 0, or a fault.");
        _meter.CreateObservableCounter("audiomesh.gc.collections", () => (long)Now.Collections, "{collection}", "Garbage collections of the daemon.");
    }

    // One reading serves all instruments of one collection.
    private EngineTelemetry Now
    {
        get
        {
            lock (_gate)
            {
                long now = Environment.TickCount64;
                if (_last is null || now - _takenAt > FreshMs)
                {
                    _last = _engine.GetTelemetry();
                    _takenAt = now;
                }

                return _last.Value;
            }
        }
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Xruns() =>
    [
        Of(Now.DeviceXruns, "type", "device"),
        Of(Now.Missed, "type", "missed"),
        Of(Now.Overruns, "type", "overrun"),
        Of(Now.Underruns, "type", "underrun"),
    ];

    private IEnumerable<Measurement<long>> Requests()
    {
        (long answered, long refused) = _door.Requests;
        return [Of(answered, "outcome", "answered"), Of(refused, "outcome", "refused")];
    }

    private IEnumerable<Measurement<long>> Gaps() =>
    [
        Of(Now.UnderrunFrames, "kind", "missing"),
        Of(Now.PredictedFrames, "kind", "predicted"),
    ];

    private static IEnumerable<Measurement<double>> Quantiles(Quantiles us) =>
    [
        Of(us.P50 / 1e6, "quantile", "0.5"),
        Of(us.P99 / 1e6, "quantile", "0.99"),
        Of(us.P999 / 1e6, "quantile", "0.999"),
        Of(us.Max / 1e6, "quantile", "1"),
    ];

    private static Measurement<T> Of<T>(T value, string key, string tag)
        where T : struct => new(value, new KeyValuePair<string, object?>(key, tag));
}
