// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Storm;

/// <summary>Everything that should not have been heard, as the engine reported it.</summary>
internal sealed class XrunLog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<XrunEntry> _entries = [];
    private readonly Task _reading;

    public XrunLog(AudioMeshEngine engine) => _reading = Task.Run(() => ReadAsync(engine));

    public XrunEntry[] Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadAsync(AudioMeshEngine engine)
    {
        try
        {
            await foreach (MeshEvent meshEvent in engine.EventsAsync(MeshEvents.Xrun, _stop.Token))
            {
                if (meshEvent is XrunEvent xrun)
                {
                    lock (_entries)
                    {
                        _entries.Add(new XrunEntry(xrun.Time.Nanoseconds, xrun.Type, xrun.Cause, xrun.Frames, xrun.PredictedFrames));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}

/// <summary>One of them; the time is mesh time in ns.</summary>
internal sealed record XrunEntry(long Time, string Type, string Cause, long Frames, long PredictedFrames);
