// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Jack;

/// <summary>
/// A thread for everything that asks a JACK server, one call after the other, because a server that hangs never answers: who waits for
/// a call gives up in time, and the thread stays behind until the server answers or dies.
/// </summary>
internal sealed class JackCalls
{
    private const int IdleMs = 20;
    private readonly object _lock = new();
    private readonly Queue<Action> _queue = [];
    private readonly string _server;
    private Action? _idle;
    private bool _finishing;
    private volatile bool _isStuck;

    public JackCalls(string server)
    {
        _server = server;
        new Thread(Work) { Name = "am-jack", IsBackground = true }.Start();
    }

    /// <summary>Sets what is done some 50 times a second while no call waits.</summary>
    public void WhenIdle(Action idle) => Volatile.Write(ref _idle, idle);

    /// <summary>Carries out <paramref name="body"/> and gives its result or error; throws Timeout when the server does not answer.</summary>
    public T Run<T>(string what, int timeoutMs, Func<T> body)
    {
        JackCall<T> call = new(body);
        Add(call.Execute, isLast: false);
        if (call.Await(timeoutMs))
        {
            return call.Result();
        }

        _isStuck = true;
        throw new AudioMeshException(AudioErrorKind.Timeout, $"jack: server '{_server}' did not {what} within {timeoutMs} ms; it hangs.");
    }

    /// <summary>
    /// Carries out <paramref name="last"/> and ends the thread; returns when that is done or left behind: after the timeout, or at once
    /// where an earlier call was.
    /// </summary>
    public void Finish(int timeoutMs, Action last)
    {
        JackCall<bool> call = new(() =>
        {
            last();
            return true;
        });
        Add(call.Execute, isLast: true);
        call.Await(_isStuck ? 0 : timeoutMs);
    }

    private void Add(Action call, bool isLast)
    {
        lock (_lock)
        {
            _queue.Enqueue(call);
            _finishing |= isLast;
            Monitor.Pulse(_lock);
        }
    }

    private void Work()
    {
        while (true)
        {
            Action? call;
            lock (_lock)
            {
                if (_queue.Count == 0 && !_finishing)
                {
                    Monitor.Wait(_lock, IdleMs);
                }

                if (!_queue.TryDequeue(out call) && _finishing)
                {
                    return;
                }
            }

            (call ?? Volatile.Read(ref _idle))?.Invoke();
        }
    }
}
