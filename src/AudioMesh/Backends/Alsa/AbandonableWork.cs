// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Calls into alsa-lib that a hung server or driver may never return from, on a thread of their own that a control thread waits for no
/// longer than it wants to.
/// </summary>
internal static class AbandonableWork
{
    /// <summary>
    /// Does <paramref name="work"/>, with its result or exception; false when it is not done after <paramref name="timeoutMs"/>. It then goes on
    /// by itself, and its result, should there be one, goes to <paramref name="late"/>.
    /// </summary>
    public static bool TryRun<T>(Func<T> work, Action<T> late, int timeoutMs, out T? result)
    {
        T? outcome = default;
        ExceptionDispatchInfo? fault = null;
        int settled = 0;
        Thread thread = new(Do) { Name = "am-alsa-call", IsBackground = true };
        thread.Start();
        if (!thread.Join(timeoutMs) && Interlocked.Exchange(ref settled, 1) == 0)
        {
            result = default;
            return false;
        }

        thread.Join();
        fault?.Throw();
        result = outcome;
        return true;

        void Do()
        {
            try
            {
                outcome = work();
            }
            catch (AudioMeshException e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }

            if (Interlocked.Exchange(ref settled, 1) != 0 && fault is null)
            {
                late(outcome!);
            }
        }
    }
}
