// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>Runs a bus on a thread of its own.</summary>
internal sealed class LanBusThread : IDisposable
{
    private const long MostWaitNs = 100_000_000;

    private readonly AutoResetEvent _woken = new(false);
    private Thread? _thread;
    private volatile bool _isEnding;

    public static LanBusOptions Options(out LanBusThread thread)
    {
        LanBusThread made = thread = new LanBusThread();
        return new LanBusOptions { Wake = made.Wake };
    }

    public void Start(LanBus bus)
    {
        _thread = new Thread(() => Run(bus)) { IsBackground = true, Name = "am-bus" };
        _thread.Start();
    }

    /// <summary>Ends it and waits for that, unless a handler asks. It may be woken once more all the same.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _woken.Set();
        if (Thread.CurrentThread != _thread)
        {
            _thread?.Join();
        }
    }

    private void Wake() => _woken.Set();

    private void Run(LanBus bus)
    {
        while (!_isEnding)
        {
            long waitNs = Math.Clamp(bus.Pump(MeshClock.Now) - MeshClock.Now, 0, MostWaitNs);
            _woken.WaitOne((int)((waitNs + 999_999) / 1_000_000));
        }
    }
}
