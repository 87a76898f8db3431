// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Keeps callbacks away from a session that ends: none comes in any more, and those inside are waited for. What libjack does to a thread that is just
/// coming in or going out is the matter of <see cref="JackCallbackShield"/>.
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
