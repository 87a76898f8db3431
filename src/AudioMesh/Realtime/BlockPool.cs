// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Realtime;

/// <summary>
/// Float blocks of one length, each on a 64-byte boundary, lent and taken back by any thread without a lock. They lie in
/// memory that does not move and lives as long as the pool.
/// </summary>
public sealed unsafe class BlockPool
{
    private const int LineBytes = 64;
    private const int NoBlock = -1;

    private readonly byte[] _pinned;
    private readonly byte* _blocks;
    private readonly nint _blockBytes;
    private readonly int[] _below;
    private readonly int[] _rented;
    private PaddedInt64 _top;
    private PaddedInt32 _rentedCount;

    /// <summary>Makes <paramref name="count"/> zeroed blocks of <paramref name="length"/> floats. For control threads: it allocates.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: either is below 1, or together they are over 2 GB.</exception>
    public BlockPool(int count, int length)
    {
        long bytes = Math.BigMul(count, (length * 4 + LineBytes - 1) & -LineBytes) + LineBytes;
        if (count < 1 || length < 1 || length > (1 << 28) || bytes > Array.MaxLength)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A pool of {count} blocks of {length} floats cannot be.");
        }

        Count = count;
        Length = length;
        _blockBytes = (length * sizeof(float) + LineBytes - 1) & -LineBytes;
        _pinned = GC.AllocateUninitializedArray<byte>((int)bytes, pinned: true);
        _pinned.AsSpan().Clear();
        _blocks = (byte*)(((nint)Unsafe.AsPointer(ref _pinned[0]) + LineBytes - 1) & -LineBytes);
        _rented = new int[count];
        _below = new int[count];
        for (int i = 0; i < count; i++)
        {
            _below[i] = i - 1;
        }

        _top.Value = Pack(0, count - 1);
    }

    /// <summary>How many blocks there are.</summary>
    [RealtimeSafe]
    public int Count { get; }

    /// <summary>Floats in a block.</summary>
    [RealtimeSafe]
    public int Length { get; }

    /// <summary>Blocks that are out now: 0 when all have come back.</summary>
    [RealtimeSafe]
    public int RentedCount => Volatile.Read(ref _rentedCount.Value);

    /// <summary>Lends a block with whatever is in it, or null when all are out. Any thread.</summary>
    [RealtimeSafe]
    public float* Rent()
    {
        long top = Volatile.Read(ref _top.Value);
        while (true)
        {
            int index = IndexOf(top);
            if (index == NoBlock)
            {
                return null;
            }

            long seen = Interlocked.CompareExchange(ref _top.Value, Pack(RoundOf(top) + 1, Volatile.Read(ref _below[index])), top);
            if (seen == top)
            {
                Volatile.Write(ref _rented[index], 1);
                Interlocked.Increment(ref _rentedCount.Value);
                return (float*)(_blocks + (index * _blockBytes));
            }

            top = seen;
        }
    }

    /// <summary>Takes a block back. False, and nothing happens, when it is not this pool's or not out. Any thread.</summary>
    [RealtimeSafe]
    public bool Return(float* block)
    {
        nint offset = (nint)block - (nint)_blocks;
        int index = (int)(offset / _blockBytes);
        bool isBlock = offset >= 0 && offset < Count * _blockBytes && offset == index * _blockBytes;
        if (!isBlock || Interlocked.Exchange(ref _rented[index], 0) == 0)
        {
            return false;
        }

        Interlocked.Decrement(ref _rentedCount.Value);
        long top = Volatile.Read(ref _top.Value);
        while (true)
        {
            Volatile.Write(ref _below[index], IndexOf(top));
            long seen = Interlocked.CompareExchange(ref _top.Value, Pack(RoundOf(top) + 1, index), top);
            if (seen == top)
            {
                return true;
            }

            top = seen;
        }
    }

    // The round in the upper half changes with every operation, so a block that left and came back is not mistaken for one that stayed.
    private static long Pack(int round, int index) => ((long)round << 32) | (uint)index;

    private static int RoundOf(long top) => (int)(top >> 32);

    private static int IndexOf(long top) => (int)top;
}
