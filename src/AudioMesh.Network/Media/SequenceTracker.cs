// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>Tells new packets of a stream from known ones by their sequence, which wraps around, and counts what is missing. Network thread.</summary>
[RealtimeSafe]
internal sealed class SequenceTracker
{
    private const int Window = 1024;

    /// <summary>Nobody loses so many: the sender counts anew.</summary>
    private const int MostAhead = 1 << 16;

    private readonly ulong[] _seen = new ulong[Window / 64];
    private long _newest = -1;

    /// <summary>Packets that had not come when they were <see cref="Window"/> behind the newest.</summary>
    public long Lost { get; private set; }

    /// <summary>Packets that came behind a newer one.</summary>
    public long Reordered { get; private set; }

    /// <summary>Forgets the stream, not the counts.</summary>
    public void Restart() => _newest = -1;

    /// <summary>Takes a packet; false where it is known to have come before.</summary>
    public bool Add(uint sequence)
    {
        int ahead = (int)(sequence - (uint)_newest);
        if (_newest < 0 || Math.Abs((long)ahead) > MostAhead)
        {
            // The numbers before the first are as if they had come.
            _seen.AsSpan().Fill(ulong.MaxValue);
            _newest = sequence + (1L << 32);
            return true;
        }

        if (ahead > 0)
        {
            Advance(ahead);
            return true;
        }

        if (-ahead >= Window)
        {
            return true;
        }

        bool isNew = !Bit(_newest + ahead);
        Reordered += isNew ? 1 : 0;
        Set(_newest + ahead, true);
        return isNew;
    }

    private void Advance(int ahead)
    {
        Lost += Math.Max(0, ahead - Window);
        for (long number = _newest + Math.Max(1, ahead - Window + 1); number <= _newest + ahead; number++)
        {
            Lost += Bit(number) ? 0 : 1;
            Set(number, false);
        }

        _newest += ahead;
        Set(_newest, true);
    }

    private bool Bit(long number) => (_seen[(number & (Window - 1)) >> 6] >> (int)(number & 63) & 1) != 0;

    private void Set(long number, bool value)
    {
        ulong bit = 1UL << (int)(number & 63);
        ref ulong word = ref _seen[(number & (Window - 1)) >> 6];
        word = value ? word | bit : word & ~bit;
    }
}
