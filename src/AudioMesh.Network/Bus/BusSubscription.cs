// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>A handler and what it is for, until disposed.</summary>
internal sealed class BusSubscription<T>(string pattern, T handler, Action<BusSubscription<T>> end) : IBusSubscription, IDisposable
{
    private int _isEnded;

    public string Pattern => pattern;

    public T Handler => handler;

    public bool IsActive => Volatile.Read(ref _isEnded) == 0;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            end(this);
        }
    }
}
