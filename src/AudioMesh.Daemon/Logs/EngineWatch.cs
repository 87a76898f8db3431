// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Engine;
using Microsoft.Extensions.Logging;

namespace AudioMesh.Daemon.Logs;

/// <summary>Logs what an engine reports. Of gaps there may be hundreds in a second, so these are summed up until <see cref="TellXruns"/>.</summary>
internal sealed class EngineWatch : IDisposable
{
    private readonly EventSubscription _subscription;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Type, string Cause), Sum> _xruns = [];
    private readonly Task _listening;

    public EngineWatch(AudioEngine engine, ILogger log)
    {
        _log = log;
        _subscription = engine.Subscribe(isPatient: true);
        _subscription.Select([EngineEventKind.State, EngineEventKind.Device, EngineEventKind.Node, EngineEventKind.Xrun, EngineEventKind.Bypass]);
        _listening = ListenAsync();
    }

    /// <summary>Logs the gaps since the last time, a line for each kind.</summary>
    public void TellXruns()
    {
        lock (_gate)
        {
            foreach (((string type, string cause), Sum sum) in _xruns)
            {
                _log.Xruns(sum.Count, type, cause, sum.Frames, sum.PredictedFrames, sum.Microseconds);
            }

            _xruns.Clear();
        }
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _listening.Wait();
        TellXruns();
    }

    private async Task ListenAsync()
    {
        await foreach (EngineEvent happened in _subscription.Events.ReadAllAsync().ConfigureAwait(false))
        {
            Hear(happened);
        }
    }

    private void Hear(EngineEvent happened)
    {
        switch (happened.Kind)
        {
            case EngineEventKind.State:
                _log.State(happened.Value);
                break;
            case EngineEventKind.Xrun:
                Add(happened);
                break;
            case EngineEventKind.Node when happened.Error is { } failure:
                _log.NodeFailed(happened.NodeId, failure.Message);
                break;
            case EngineEventKind.Node:
                _log.NodeTold(happened.NodeId, happened.Value);
                break;
            case EngineEventKind.Bypass:
                _log.Bypassed(happened.NodeId, happened.NodeName, happened.Microseconds, happened.LimitMicroseconds);
                break;
            case EngineEventKind.Device when happened.Value is "lost" or "waiting":
                _log.DeviceChanged(NameOf(happened.Stream), happened.Value, happened.Error?.Message ?? "");
                break;
            case EngineEventKind.Device:
                _log.DeviceTold(NameOf(happened.Stream), happened.Value);
                break;
        }
    }

    private void Add(EngineEvent xrun)
    {
        (string, string) kind = (xrun.Value, xrun.Cause.ToString());
        lock (_gate)
        {
            Sum sum = _xruns.GetValueOrDefault(kind);
            _xruns[kind] = new Sum(
                sum.Count + 1, sum.Frames + xrun.Frames, sum.PredictedFrames + xrun.PredictedFrames, sum.Microseconds + xrun.Microseconds);
        }
    }

    private static string NameOf(StreamInfo? stream) => stream is null ? "none" : $"{stream.Driver}:{stream.Device}";

    private readonly record struct Sum(int Count, long Frames, long PredictedFrames, long Microseconds);
}
