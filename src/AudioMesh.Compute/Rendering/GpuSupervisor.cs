// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>
/// Opens the device, watches it, and opens it anew when it is gone: a quarter of a second later, then after twice that, and so on up to eight
/// seconds. On a thread of its own, without priority, because opening takes its time and may hang.
/// </summary>
internal sealed class GpuSupervisor : IDisposable
{
    private const int WatchMs = 10;
    private const int FirstPauseMs = 250;
    private const int LongestPauseMs = 8000;
    private const int JoinMs = 3000;

    private readonly GpuRenderOptions _options;
    private readonly RenderJobs _jobs;
    private readonly ManualResetEventSlim _stop = new(false, spinCount: 0);
    private readonly Thread _thread;
    private readonly IComputeDevice _first;
    private GpuLane? _lane;
    private bool _isFirstHeld;
    private int _pauseMs = FirstPauseMs;
    private long _openedAt;
    private long _losses;

    /// <summary>Opens the device for the first time. Throws what opening throws.</summary>
    public GpuSupervisor(GpuRenderOptions options, RenderJobs jobs)
    {
        _options = options;
        _jobs = jobs;
        _first = options.OpenDevice();
        try
        {
            _lane = IsGpu ? Begin(_first) : null;
        }
        catch
        {
            _first.Dispose();
            throw;
        }

        _thread = new Thread(Watch) { IsBackground = true, Name = "am-gpu-open" };
        _thread.Start();
    }

    /// <summary>Whether what was opened first is a GPU and not our own C#.</summary>
    public bool IsGpu => _first.Info.Api != ComputeApi.Cpu;

    /// <summary>The device opened first. It stays open to the end, lost or not: rings lie in its memory.</summary>
    public IComputeDevice First => _first;

    /// <summary>What works now; null while there is nothing that does.</summary>
    public GpuLane? Lane => Volatile.Read(ref _lane) is { IsFaulted: false } lane ? lane : null;

    /// <summary>How often the device was lost.</summary>
    public long Losses => Volatile.Read(ref _losses);

    /// <summary>Gives everything back that no hanging driver call holds.</summary>
    public void Dispose()
    {
        _stop.Set();
        if (_thread.Join(JoinMs))
        {
            Retire(_lane);
            if (!_isFirstHeld)
            {
                _first.Dispose();
            }

            _stop.Dispose();
        }
    }

    private GpuLane Begin(IComputeDevice device)
    {
        GpuLane lane = new(device, _options, _jobs);
        lane.Start(_options.PeriodNs);
        _openedAt = Environment.TickCount64;
        return lane;
    }

    private void Watch()
    {
        while (IsGpu && !_stop.Wait(WatchMs))
        {
            if (_lane is { IsFaulted: true } lost)
            {
                bool wasUseful = Environment.TickCount64 - _openedAt > LongestPauseMs;
                _pauseMs = wasUseful ? FirstPauseMs : _pauseMs;
                Volatile.Write(ref _losses, _losses + 1);
                Volatile.Write(ref _lane, null);
                Retire(lost);
            }

            if (_lane is null && !_stop.Wait(_pauseMs))
            {
                _pauseMs = Math.Min(2 * _pauseMs, LongestPauseMs);
                Volatile.Write(ref _lane, TryReopen());
            }
        }
    }

    /// <summary>What a hanging driver call holds stays as it is.</summary>
    private void Retire(GpuLane? lane)
    {
        bool isFree = lane?.TryStop() != false;
        if (lane is not null && lane.Device != _first && isFree)
        {
            lane.Device.Dispose();
        }

        _isFirstHeld |= !isFree && lane!.Device == _first;
    }

    private GpuLane? TryReopen()
    {
        IComputeDevice? device = null;
        try
        {
            device = _options.OpenDevice();
            return Begin(device);
        }
        catch (Exception)
        {
            // It is not back yet, or what came back is of no use; the pause grows.
            device?.Dispose();
            return null;
        }
    }
}
