// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>
/// Which of a sender's last <see cref="Size"/> counters were heard. Ask before decryption, mark after it: what is not authentic leaves no trace. One thread.
/// A ring of bits as in RFC 6479.
/// </summary>
public sealed class ReplayWindow
{
    /// <summary>How far behind the newest a counter may be.</summary>
    public const int Size = 2048;

    private const int Words = (Size / 64) + 1;

    private readonly ulong[] _seen = new ulong[Words];
    private ulong _newest;

    /// <summary><see cref="DropCause.None"/> where <paramref name="counter"/> is new.</summary>
    public DropCause Check(ulong counter)
    {
        if (counter > _newest)
        {
            return DropCause.None;
        }

        if (_newest - counter >= Size || counter == 0)
        {
            return DropCause.TooOld;
        }

        return (_seen[WordOf(counter)] & BitOf(counter)) == 0 ? DropCause.None : DropCause.Replayed;
    }

    /// <summary>Notes <paramref name="counter"/>, of which <see cref="Check"/> said None, as heard.</summary>
    public void Mark(ulong counter)
    {
        if (counter > _newest)
        {
            ulong words = Math.Min((counter >> 6) - (_newest >> 6), Words);
            for (ulong word = 1; word <= words; word++)
            {
                _seen[(int)(((_newest >> 6) + word) % Words)] = 0;
            }

            _newest = counter;
        }

        _seen[WordOf(counter)] |= BitOf(counter);
    }

    private static int WordOf(ulong counter) => (int)((counter >> 6) % Words);

    private static ulong BitOf(ulong counter) => 1UL << (int)(counter & 63);
}
