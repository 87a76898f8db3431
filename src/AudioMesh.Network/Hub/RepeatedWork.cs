// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>Does something again and again on a thread of its own.</summary>
internal sealed class RepeatedWork : IDisposable
{
    private readonly ManualResetEventSlim _end = new(false, spinCount: 0);
    private readonly Thread _thread;

    public RepeatedWork(string name, int pauseMs, Action work)
    {
        _thread = new Thread(() =>
        {
            do
            {
                work();
            }
            while (!_end.Wait(pauseMs));
        })
        {
            IsBackground = true,
            Name = name,
        };
        _thread.Start();
    }

    /// <summary>Returns when it has ended.</summary>
    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }
}
