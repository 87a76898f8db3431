// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>
/// Keeps one device going: when it is lost, time goes on at the same rate and period on a Null backend, and the device is
/// tried again until it is back. Before that begins, <paramref name="onLost"/> is called, when nobody renders. Not thread-safe: the engine's lock guards it.
/// </summary>
internal sealed class DeviceSupervisor(Renderer renderer, BackendCatalogue catalogue, Action<EngineEvent> publish, Action onLost) : IDisposable
{
    private const int RetryMs = 250;
    private const int ConnectPeriods = 3;

    private IAudioOutputBackend? _device;
    private Backends.Null.NullBackend? _standby;
    private RenderGate? _gate;
    private StreamRequest _request = new();
    private StreamInfo? _opened;
    private bool _wantsRunning;
    private Task<AudioMeshException?>? _return;
    private RenderGate? _returnGate;
    private long _nextTryAt;
    private string _lastReason = "";

    /// <summary>Where the engine stands.</summary>
    public EngineState State => !_wantsRunning ? EngineState.Stopped : _standby is null ? EngineState.Running : EngineState.Holdover;

    /// <summary>Whether the device is gone and not back yet.</summary>
    public bool IsLost => _standby is not null || _device is { State: BackendState.Lost };

    /// <summary>What is open; while the device is lost, what was.</summary>
    public StreamInfo? Stream => _standby is null ? _device?.Stream ?? _opened : _opened;

    /// <summary>The open backend, for what only it can do; null when closed or lost.</summary>
    public IAudioOutputBackend? Device => _standby is null ? _device : null;

    /// <summary>Opens a device after closing the present one. Throws what the backend throws.</summary>
    public StreamInfo Open(string driver, StreamRequest request)
    {
        IAudioOutputBackend device = driver == "auto" ? catalogue.CreateBest() : catalogue.Create(driver);
        Close();
        RenderGate gate = new(renderer, isOpen: true);
        try
        {
            _opened = device.Open(request, gate);
        }
        catch
        {
            device.Dispose();
            throw;
        }

        _device = device;
        _gate = gate;

        // What was negotiated is asked for when the device returns: the graph was prepared for it.
        _request = request with { Rate = _opened.Rate };
        publish(new EngineEvent(EngineEventKind.Device, MeshClock.Now) { Value = "opened", Stream = _opened });
        return _opened;
    }

    /// <summary>Begins to call back; where the device was lost meanwhile time goes on until it is back. Throws InvalidState without a device, and what the backend throws.</summary>
    public void Start()
    {
        if (_device is not { } device)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidState, "No device is open.");
        }

        if (_wantsRunning)
        {
            return;
        }

        if (device is { State: BackendState.Lost, CanReturn: true })
        {
            // It was lost while nothing ran.
            _wantsRunning = true;
            BeginHoldover();
            return;
        }

        renderer.Telemetry.Restart(_opened!.Rate);
        device.Start();
        _wantsRunning = true;
        PublishState();
    }

    /// <summary>The same for who can tell nobody that it failed: a device that does not start is taken for one that is lost.</summary>
    public void StartOrHold()
    {
        try
        {
            Start();
        }
        catch (AudioMeshException failure)
        {
            PublishWaiting(failure);
            _wantsRunning = true;
            BeginHoldover();
        }
    }

    /// <summary>Ends calling back, after a short fade while the device runs.</summary>
    public void Stop()
    {
        if (!_wantsRunning)
        {
            return;
        }

        FadeOut();
        _wantsRunning = false;
        StopStandby();
        renderer.IsDeviceLost = false;
        AbandonReturn();
        if (_device?.State == BackendState.Running)
        {
            _device.Stop();
        }

        renderer.Fade.Reset();
        PublishState();
    }

    /// <summary>Stops and gives the device back.</summary>
    public void Close()
    {
        Stop();
        _gate?.Shut();
        _device?.Dispose();
        _device = null;
        _gate = null;
        _opened = null;
    }

    /// <summary>Sees to events, losses and returns; called every few milliseconds.</summary>
    public void Tick()
    {
        while (_device is { } device && _return is null && device.TryReadEvent(out DeviceEvent deviceEvent))
        {
            publish(DeviceReport.Of(deviceEvent, device, _opened));
        }

        if (_wantsRunning && _standby is null && _device is { State: BackendState.Lost })
        {
            BeginHoldover();
        }

        if (_standby is not null)
        {
            TryReturn();
        }
    }

    public void Dispose() => Close();

    private void BeginHoldover()
    {
        _gate?.Shut();
        RenderGate gate = new(renderer, isOpen: true);
        Backends.Null.NullBackend standby = new();
        standby.Open(
            new StreamRequest
            {
                Rate = _opened!.Rate,
                PeriodFrames = _opened.PeriodFrames,
                OutputChannels = Math.Max(_opened.OutputChannels, 1),
                InputChannels = _opened.InputChannels,
            },
            gate);
        renderer.Telemetry.Restart(_opened.Rate);
        renderer.IsDeviceLost = true;
        onLost();
        standby.Start();
        _standby = standby;
        _gate = gate;
        _nextTryAt = Environment.TickCount64;
        PublishState();
    }

    // Opening may take seconds when a server hangs, so it is done beside; the standby keeps time meanwhile.
    private void TryReturn()
    {
        if (_return is null)
        {
            if (Environment.TickCount64 >= _nextTryAt && _device is { CanReturn: true } device)
            {
                RenderGate gate = new(renderer, isOpen: false);
                StreamRequest request = _request;
                _returnGate = gate;
                _return = Task.Run(() => Reopen(device, request, gate));
            }

            return;
        }

        if (!_return.IsCompleted)
        {
            return;
        }

        AudioMeshException? failure = _return.Result;
        _return = null;
        _nextTryAt = Environment.TickCount64 + RetryMs;
        if (failure is null)
        {
            SwitchBack(_returnGate!);
        }
        else if (failure.Message != _lastReason)
        {
            PublishWaiting(failure);
        }
    }

    private static AudioMeshException? Reopen(IAudioOutputBackend device, StreamRequest request, IRenderCallback gate)
    {
        try
        {
            device.Close();
            device.Open(request, gate);
            return null;
        }
        catch (AudioMeshException failure)
        {
            return failure;
        }
    }

    private void SwitchBack(RenderGate gate)
    {
        _opened = _device!.Stream;
        StopStandby();
        renderer.Telemetry.Restart(_opened!.Rate);
        renderer.Fade.Mute();
        try
        {
            gate.Open();
            _device.Start();
        }
        catch (AudioMeshException)
        {
            gate.Shut();
            renderer.Fade.In();
            BeginHoldover();
            return;
        }

        // A server connects ports again after it has begun to call back, and that takes effect a cycle later.
        Thread.Sleep(1 + (ConnectPeriods * 1000 * _opened.PeriodFrames / _opened.Rate));
        renderer.IsDeviceLost = false;
        renderer.Fade.In();
        _gate = gate;
        _lastReason = "";
        publish(new EngineEvent(EngineEventKind.Device, MeshClock.Now) { Value = "returned", Stream = _opened });
        PublishState();
    }

    private void StopStandby()
    {
        _standby?.Dispose();
        _standby = null;
    }

    private void AbandonReturn()
    {
        _return?.Wait();
        _return = null;
    }

    private void FadeOut()
    {
        if (_standby is not null || _device is not { State: BackendState.Running })
        {
            return;
        }

        renderer.Fade.Out();
        long deadline = Environment.TickCount64 + 200;
        while (!renderer.Fade.IsOut && Environment.TickCount64 < deadline && _device.State == BackendState.Running)
        {
            Thread.Sleep(1);
        }
    }

    private void PublishWaiting(AudioMeshException failure)
    {
        _lastReason = failure.Message;
        publish(DeviceReport.Waiting(failure, _opened));
    }

    private void PublishState() => publish(DeviceReport.Of(State));
}
