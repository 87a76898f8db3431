// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Keeps libjack's threads out of managed code while their client is closed: libjack cancels them wherever they are (PTHREAD_CANCEL_ASYNCHRONOUS),
/// and a thread that vanishes inside the runtime takes its locks and the next garbage collection with it.
/// </summary>
[RealtimeSafe]
internal sealed class JackCallbackGate
{
    private int _inside;
    private int _closed;

    /// <summary>Whether a callback may go on; then <see cref="Leave"/> must follow. Threads of libjack.</summary>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _inside);
        if (Volatile.Read(ref _closed) == 0)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Ends a callback.</summary>
    public void Leave() => Interlocked.Decrement(ref _inside);

    /// <summary>Lets no callback in any more and says how many are inside still. The thread for calls.</summary>
    public int Close()
    {
        Interlocked.Exchange(ref _closed, 1);
        return Volatile.Read(ref _inside);
    }
}
