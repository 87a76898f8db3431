// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Which frames of a lane have come. Each slot of the ring carries the stamp of the frame in it, so that nothing has to be cleared: the network thread writes stamps behind the samples, the
/// device thread only compares.
/// </summary>
/// <param name="capacity">Slots, a power of two.</param>
[RealtimeSafe]
internal sealed class PresenceMap(int capacity)
{
    private const int Taken = int.MinValue;
    private const int RoundMask = 0xFF_FFFF;
    private const int EpochMask = 0x7F;

    private readonly int[] _stamps = new int[capacity];
    private readonly int _shift = System.Numerics.BitOperations.Log2((uint)capacity);

    /// <summary>How many frames from <paramref name="frame"/> on are there, at most <paramref name="limit"/>. What is, may be read.</summary>
    public int Present(int epoch, long frame, int limit)
    {
        int count = 0;
        while (count < limit)
        {
            ReadOnlySpan<int> slots = Slots(frame + count, limit - count);
            int run = slots.IndexOfAnyExcept(Stamp(epoch, frame + count));
            if (run >= 0)
            {
                count += run;
                break;
            }

            count += slots.Length;
        }

        Interlocked.MemoryBarrier();
        return count;
    }

    /// <summary>How many frames from <paramref name="frame"/> on are not there, at most <paramref name="limit"/>.</summary>
    public int Absent(int epoch, long frame, int limit)
    {
        int count = 0;
        while (count < limit)
        {
            ReadOnlySpan<int> slots = Slots(frame + count, limit - count);
            int run = slots.IndexOf(Stamp(epoch, frame + count));
            if (run >= 0)
            {
                return count + run;
            }

            count += slots.Length;
        }

        return limit;
    }

    /// <summary>The samples of these frames are written. Network thread.</summary>
    public void Mark(int epoch, long frame, int count)
    {
        Interlocked.MemoryBarrier();
        for (int done = 0; done < count;)
        {
            Span<int> slots = Slots(frame + done, count - done);
            slots.Fill(Stamp(epoch, frame + done));
            done += slots.Length;
        }
    }

    private Span<int> Slots(long frame, int limit)
    {
        int start = (int)(frame & (_stamps.Length - 1));
        return _stamps.AsSpan(start, Math.Min(limit, _stamps.Length - start));
    }

    private int Stamp(int epoch, long frame) => Taken | ((epoch & EpochMask) << 24) | ((int)(frame >> _shift) & RoundMask);
}
