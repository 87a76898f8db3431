// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>What the server says. All but <see cref="Process"/> come on a thread of libjack that may not ask the server.</summary>
internal sealed unsafe partial class JackSession
{
    /// <summary>One cycle. Device thread.</summary>
    [RealtimeSafe]
    public void Process(uint frames)
    {
        DeviceBlock block = new() { WakeTime = MeshClock.Now, Frames = (int)frames, Freewheeling = _freewheeling };
        _ports!.Bind(ref block);
        _midi!.Read(ref block);
        _timeline!.Stamp(_client, ref block);
        block.OutputTime = block.PeriodTime.Add(new FrameCount(_latency!.OutputFrames).ToNanoseconds(_rate));
        block.InputTime = block.PeriodTime.Add(-new FrameCount(_latency.InputFrames).ToNanoseconds(_rate));
        _stream.Render(ref block);
        _midi.Write(block.Frames);
    }

    /// <summary>
    /// A thread of libjack begins. That for notifications can be cancelled from now on where it waits for one, and nowhere else. The device thread's wait
    /// is no such place: it stays as it is, and libjack cancels it when the server has run a cycle without it.
    /// </summary>
    public void OnThreadInit()
    {
        int old;
        if (OperatingSystem.IsLinux() && LibC.pthread_self() != (nint)_jack.jack_client_thread_id(_client))
        {
            _ = LibC.pthread_setcanceltype(LibC.PTHREAD_CANCEL_DEFERRED, &old);
        }
    }

    public void OnXrun() => _stream.ReportXrun((long)_jack.jack_get_xrun_delayed_usecs(_client), 0);

    public void OnBufferSize(int frames)
    {
        if (_stream.Info is { } info && info.PeriodFrames != frames)
        {
            _stream.Update(stream => stream with { PeriodFrames = frames, BufferFrames = frames });
            _stream.Raise(DeviceEventKind.PeriodChanged, frames);
        }
    }

    public void OnSampleRate(int rate)
    {
        _rate = rate;
        if (_stream.Info is { } info && info.Rate != rate)
        {
            _stream.Update(stream => stream with { Rate = rate });
            _stream.Raise(DeviceEventKind.RateChanged, rate);
        }
    }

    public void OnFreewheel(bool on)
    {
        _freewheeling = on;
        _stream.Raise(DeviceEventKind.Freewheel, on ? 1 : 0);
    }

    public void OnLatency(jack_latency_callback_mode_t mode)
    {
        if (_latency!.Recompute(mode))
        {
            _stream.Update(stream => stream with
            {
                OutputLatencyFrames = _latency.OutputFrames, InputLatencyFrames = _latency.InputFrames,
            });
            _stream.Raise(DeviceEventKind.LatencyChanged, 0);
        }
    }

    public void OnPortConnect(uint a, uint b)
    {
        if (IsOurs(a) || IsOurs(b))
        {
            _connectionsChanged = true;
            _stream.Raise(DeviceEventKind.ConnectionsChanged, 0);
        }
    }

    public void OnPortRegistration(bool appeared) => _portsAppeared |= appeared;

    public void OnShutdown(string reason) =>
        Lose(AudioErrorKind.DeviceLost, $"jack: server '{Server}' is gone{(reason.Length > 0 ? $": {reason.TrimEnd('.')}" : "")}.");

    private bool IsOurs(uint port) => _jack.jack_port_is_mine(_client, _jack.jack_port_by_id(_client, port)) != 0;
}
