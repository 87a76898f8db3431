// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Hosting;

/// <summary>A daemon's time: a tick every so often, and what signals and clients ask for in between.</summary>
internal sealed class DaemonLoop(TimeSpan interval) : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0);
    private string? _why;
    private int _wantsReload;

    /// <summary>What ended it.</summary>
    public string Why => Volatile.Read(ref _why) ?? "";

    /// <summary>Ends it. Any thread.</summary>
    public void End(string why)
    {
        Interlocked.CompareExchange(ref _why, why, null);
        _wake.Release();
    }

    /// <summary>Asks for another look at the configuration. Any thread.</summary>
    public void Reload()
    {
        Volatile.Write(ref _wantsReload, 1);
        _wake.Release();
    }

    /// <summary>Runs until <see cref="End"/>; <paramref name="tick"/> and <paramref name="reload"/> are called one at a time.</summary>
    public async Task RunAsync(Action tick, Action reload)
    {
        while (Why.Length == 0)
        {
            bool isTick = !await _wake.WaitAsync(interval).ConfigureAwait(false);
            if (Interlocked.Exchange(ref _wantsReload, 0) != 0)
            {
                reload();
            }
            else if (isTick)
            {
                tick();
            }
        }
    }

    public void Dispose() => _wake.Dispose();
}
