// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;

namespace AudioMesh.Backends.Jack;

/// <summary>One call to a server, its result, and whether anybody still waits for it.</summary>
internal sealed class JackCall<T>(Func<T> body)
{
    private readonly object _lock = new();
    private T? _result;
    private ExceptionDispatchInfo? _error;
    private bool _isDone;
    private bool _isLeftBehind;

    /// <summary>Carries it out, on the thread for calls.</summary>
    public void Execute()
    {
        try
        {
            _result = body();
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }

        lock (_lock)
        {
            _isDone = true;
            Monitor.Pulse(_lock);
            if (_isLeftBehind)
            {
                JackProcess.Shared.ComeBack();
            }
        }
    }

    /// <summary>Waits for its end; false when it is left behind.</summary>
    public bool Await(int timeoutMs)
    {
        long deadline = Environment.TickCount64 + timeoutMs;
        lock (_lock)
        {
            long rest = timeoutMs;
            while (!_isDone && rest > 0)
            {
                Monitor.Wait(_lock, (int)rest);
                rest = deadline - Environment.TickCount64;
            }

            if (!_isDone)
            {
                _isLeftBehind = true;
                JackProcess.Shared.LeaveBehind();
            }

            return _isDone;
        }
    }

    /// <summary>The result, or throws the error it ended in; once it was awaited.</summary>
    public T Result()
    {
        _error?.Throw();
        return _result!;
    }
}
