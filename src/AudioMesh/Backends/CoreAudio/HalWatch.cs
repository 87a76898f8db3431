// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// Looks at an open device twenty times a second, without calling the HAL itself: has numbers read that changed, and declares a running
/// device lost that has not called for two seconds of looks (not of time, which also passes while the whole process stands still).
/// </summary>
internal sealed class HalWatch : IDisposable
{
    private const int LookMs = 50;
    private const int PatienceLooks = 40;

    private readonly HalSession _session;
    private readonly HalThread _thread;
    private readonly DeviceStream _stream;
    private readonly Timer _timer;
    private volatile bool _isRunning;
    private int _looking;
    private int _silentLooks;
    private long _beats;

    public HalWatch(HalSession session, HalThread thread, DeviceStream stream)
    {
        (_session, _thread, _stream) = (session, thread, stream);
        _timer = new Timer(_ => Look(), null, LookMs, LookMs);
    }

    /// <summary>Whether the device is supposed to call. Control thread.</summary>
    public bool IsRunning
    {
        set => _isRunning = value;
    }

    /// <summary>Ends looking; a look in progress may still end after this.</summary>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Interlocked.Exchange(ref _looking, 1) != 0)
        {
            return;
        }

        if (_session.TakeFiguresChanged())
        {
            _thread.Post(_session.ReadFigures);
        }

        CheckBeats();
        Volatile.Write(ref _looking, 0);
    }

    private void CheckBeats()
    {
        long beats = _stream.Beats;
        _silentLooks = _isRunning && beats == _beats ? _silentLooks + 1 : 0;
        _beats = beats;
        if (_silentLooks > PatienceLooks)
        {
            _stream.Lose(AudioErrorKind.DeviceLost, "The device stopped calling back.");
        }
    }
}
