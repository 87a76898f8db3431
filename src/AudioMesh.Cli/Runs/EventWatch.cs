// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Clock;

namespace AudioMesh.Cli.Runs;

/// <summary>Listens to the engine while it runs.</summary>
internal sealed class EventWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<MeshTime> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReport _report;
    private readonly Task _listening;
    private long _underruns;

    /// <summary>Listens from now on: what is asked of the engine after this is heard.</summary>
    public EventWatch(AudioMeshEngine engine, IReport report)
    {
        _report = report;
        _listening = ListenAsync(engine);
    }

    /// <summary>Done when the file's end was rendered, with the time at which it leaves the device; fails when a node failed.</summary>
    public Task<MeshTime> Ended => _ended.Task;

    /// <summary>Gaps because a file was not read, or not written, in time.</summary>
    public long Underruns => Interlocked.Read(ref _underruns);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _stop.Dispose();
    }

    private async Task ListenAsync(AudioMeshEngine engine)
    {
        try
        {
            await foreach (MeshEvent meshEvent in engine.EventsAsync(MeshEvents.Xrun | MeshEvents.Device | MeshEvents.Node, _stop.Token))
            {
                Hear(meshEvent);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Hear(MeshEvent meshEvent)
    {
        switch (meshEvent)
        {
            case NodeEvent { Value: "ended" } node:
                _ended.TrySetResult(node.Time);
                break;
            case NodeEvent { Value: "failed" } node:
                _ended.TrySetException(node.Error ?? new AudioMeshException(AudioErrorKind.Internal, $"Node {node.NodeId} failed."));
                break;
            case XrunEvent xrun:
                Interlocked.Add(ref _underruns, xrun is { Type: "underrun" or "overflow", Cause: not "device" } ? 1 : 0);
                _report.Xrun(xrun);
                break;
            case DeviceChangeEvent { Value: not "opened" } change:
                Tell(change);
                break;
        }
    }

    private void Tell(DeviceChangeEvent change)
    {
        string device = change.Device is { } info ? Texts.Of(info) : "the device";
        string? text = change.Value switch
        {
            "lost" => $"Lost {device}; time goes on without it until it is back.",
            "waiting" => $"Waiting for {device}: {change.Error?.Message}",
            "returned" => $"{device} is back.",
            "period_changed" => $"{device} now asks for {change.Device?.PeriodFrames} frames at a time.",
            "rate_changed" => $"{device} now runs at {change.Device?.Rate} Hz.",
            _ => null,
        };
        if (text is not null)
        {
            _report.Note($"device_{change.Value}", text);
        }
    }
}
