// SPDX-License-Identifier: MIT
namespace AudioMesh.Engine;

/// <content>When the device calls back: when it is told to, or while there is a graph.</content>
public sealed partial class AudioEngine
{
    private const int PrimeMs = 2000;

    private bool _runsOnDemand;
    private int _restAfterMs;
    private bool _wasIdle;
    private long _demandChangedAt;

    /// <summary>
    /// Begins to call back as <see cref="Start()"/> does, and rests while there is nothing to render: when the graph has been empty for <paramref name="restAfterMs"/>, until
    /// there is a node. That holds until <see cref="Start()"/> or <see cref="Stop"/> is called, or a device opened or closed. Starting anew never throws: a device that does not is taken for one
    /// that is lost, and one that is lost while at rest is returned to.
    /// </summary>
    public void StartOnDemand(int restAfterMs = 5000) => Start(restAfterMs);

    private void Start(int? restAfterMs)
    {
        _worker.WaitPrimed(PrimeMs);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            PrepareStart();
            _device.Start();
            _runsOnDemand = restAfterMs is not null;
            _restAfterMs = restAfterMs ?? 0;
            _wasIdle = false;
        }

        _pump?.Wake();
    }

    private void PrepareStart()
    {
        if (!IsRunning)
        {
            _isPlanStale |= _planFrames != _device.Stream?.PeriodFrames;
            CommitStale();
        }
    }

    // Returns whether the device is about to start.
    private bool FollowDemand()
    {
        if (!_runsOnDemand)
        {
            return false;
        }

        // A device that is lost is returned to, whether there is a graph or not.
        bool isIdle = _topology.Nodes.Count == 0 && !_device.IsLost;
        long now = Environment.TickCount64;
        if (isIdle != _wasIdle)
        {
            _wasIdle = isIdle;
            _demandChangedAt = now;
        }

        if (!isIdle)
        {
            return !IsRunning && !TryWake(now);
        }

        if (now - _demandChangedAt >= _restAfterMs)
        {
            _device.Stop();
        }

        return false;
    }

    // Files are read ahead before, as for any start, but the engine's own thread does not wait for them.
    private bool TryWake(long now)
    {
        if (!_worker.IsPrimed && now - _demandChangedAt < PrimeMs)
        {
            return false;
        }

        PrepareStart();
        _device.StartOrHold();
        return true;
    }
}
