// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>
/// Finds out that a device has stopped calling back without a word. It counts its own looks rather than time, so a pause
/// of the whole process (a collection, a stopped machine) is one look and never the device's fault.
/// </summary>
internal sealed class DeviceWatchdog : IDisposable
{
    private const int LookMs = 20;
    private readonly DeviceStream _stream;
    private readonly Func<int> _patienceMs;
    private readonly Action<int> _onHang;
    private readonly ManualResetEventSlim _stop = new(false, spinCount: 0);
    private readonly Thread _thread;

    /// <summary>
    /// Begins to look. <paramref name="patienceMs"/> is asked at every look for how long the device may be silent;
    /// <paramref name="onHang"/> is told, once, how long it was, and should lose the stream.
    /// </summary>
    public DeviceWatchdog(DeviceStream stream, Func<int> patienceMs, Action<int> onHang)
    {
        _stream = stream;
        _patienceMs = patienceMs;
        _onHang = onHang;
        _thread = new Thread(Watch) { Name = "am-watchdog", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How long a device of this shape may be silent before it counts as hanging: half a second or 20 periods, whichever is longer.</summary>
    public static int PatienceMs(int periodFrames, int rate) => Math.Max(500, 20 * 1000 * periodFrames / rate);

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Watch()
    {
        long beats = _stream.Beats;
        int silentMs = 0;
        while (!_stop.Wait(LookMs) && _stream.State != BackendState.Lost)
        {
            bool alive = _stream.Beats != beats || _stream.IsRendering;
            beats = _stream.Beats;
            silentMs = alive ? 0 : silentMs + LookMs;
            if (silentMs >= _patienceMs())
            {
                _onHang(silentMs);
                return;
            }
        }
    }
}
