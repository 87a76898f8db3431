// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>
/// The gains of up to 64 sources in up to four mixes, looked through once for all frames: which sources are heard, and whether any gain moves.
/// </summary>
internal unsafe struct MixMatrixGains
{
    /// <summary>The most sources, and the floats from one mix to the next in <see cref="Steps"/>.</summary>
    public const int MostSources = 64;

    private readonly float* _from;
    private readonly float* _to;
    private readonly float* _packed;
    private readonly nint _stride;
    private readonly int _count;
    private readonly float _inverse;
    private ulong _listed;

    /// <summary>
    /// Gains that begin at <paramref name="from"/> and <paramref name="to"/>, <paramref name="stride"/> from one mix to the next, in
    /// <paramref name="memory"/> of <see cref="MemoryBytes"/>.
    /// </summary>
    public MixMatrixGains(float* from, float* to, nint stride, int count, float inverse, byte* memory)
    {
        _from = from;
        _to = to;
        _stride = stride;
        _count = count;
        _inverse = inverse;
        Steps = (float*)memory;
        _packed = Steps + (MixMatrixTile.Rows * MostSources);
        Places = (uint*)(_packed + (MixMatrixTile.Rows * MostSources));
        Heard = (byte*)(Places + MostSources);
    }

    /// <summary>What an object of this needs beside itself.</summary>
    public static int MemoryBytes => (2 * MixMatrixTile.Rows * MostSources * sizeof(float)) + (MostSources * (sizeof(uint) + 1));

    /// <summary>The sources that are heard, ascending.</summary>
    public byte* Heard { get; }

    /// <summary>Where the heard sources lie in a tile, in bytes.</summary>
    public uint* Places { get; }

    /// <summary>How many sources are heard.</summary>
    public int HeardCount { get; private set; }

    /// <summary>The gains at the first frame of the heard sources, <see cref="Stride"/> from one mix to the next.</summary>
    public float* Firsts { get; private set; }

    /// <summary>The floats from one mix to the next in <see cref="Firsts"/>.</summary>
    public nint Stride { get; private set; }

    /// <summary>What the gains of the heard sources grow by each frame; set where <see cref="IsMoving"/>.</summary>
    public float* Steps { get; }

    /// <summary>Bits of the sources that are heard in some of the mixes and silent in others.</summary>
    public ulong SilentInSome { get; private set; }

    /// <summary>Whether any gain moves.</summary>
    public bool IsMoving { get; private set; }

    /// <summary>Fetches what <see cref="Take"/> will read: rows lie far apart, where the processor does not look ahead by itself.</summary>
    public readonly void Prefetch(int mix, int mixes)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (int row = mix; row < Math.Min(mix + MixMatrixTile.Rows, mixes); row++)
        {
            for (int source = 0; source < _count; source += 16)
            {
                Sse.Prefetch0(_from + (row * _stride) + source);
                Sse.Prefetch0(_to + (row * _stride) + source);
            }
        }
    }

    /// <summary>Looks at <paramref name="rows"/> mixes.</summary>
    public void Take(int mix, int rows)
    {
        float* from = _from + (mix * _stride);
        float* to = _to + (mix * _stride);
        ulong some = 0;
        ulong every = ulong.MaxValue;
        bool isMoving = false;
        for (int row = 0; row < rows; row++)
        {
            ulong heard = Look(from + (row * _stride), to + (row * _stride), ref isMoving);
            some |= heard;
            every &= heard;
        }

        SilentInSome = some & ~every;
        IsMoving = isMoving;
        List(some);
        if (HeardCount == _count)
        {
            TakeAll(from, to, rows);
        }
        else
        {
            Pack(from, to, rows);
        }
    }

    private readonly ulong Look(float* from, float* to, ref bool isMoving)
    {
        ulong heard = 0;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<int> moves = Vector256<int>.Zero;
            for (; i <= _count - 8; i += 8)
            {
                Vector256<int> first = Vector256.Load((int*)from + i);
                Vector256<int> last = Vector256.Load((int*)to + i);
                moves |= first ^ last;
                Vector256<int> silent = Vector256.Equals((first | last) << 1, Vector256<int>.Zero);
                heard |= (ulong)(~silent.ExtractMostSignificantBits() & 0xFF) << i;
            }

            isMoving |= moves != Vector256<int>.Zero;
        }

        for (; i < _count; i++)
        {
            isMoving |= ((int*)from)[i] != ((int*)to)[i];
            heard |= ((((int*)from)[i] | ((int*)to)[i]) << 1) != 0 ? 1UL << i : 0;
        }

        return heard;
    }

    private void List(ulong heard)
    {
        if (heard == _listed)
        {
            return;
        }

        _listed = heard;
        HeardCount = 0;
        for (; heard != 0; heard &= heard - 1)
        {
            int source = BitOperations.TrailingZeroCount(heard);
            Places[HeardCount] = (uint)(source * MixMatrixTile.Width * sizeof(float));
            Heard[HeardCount++] = (byte)source;
        }
    }

    private void TakeAll(float* from, float* to, int rows)
    {
        Firsts = from;
        Stride = _stride;
        for (int row = 0; IsMoving && row < rows; row++)
        {
            float* first = from + (row * _stride);
            float* last = to + (row * _stride);
            float* steps = Steps + (row * MostSources);
            int i = 0;
            for (; i <= _count - Vector<float>.Count; i += Vector<float>.Count)
            {
                ((Vector.Load(last + i) - Vector.Load(first + i)) * _inverse).Store(steps + i);
            }

            for (; i < _count; i++)
            {
                steps[i] = (last[i] - first[i]) * _inverse;
            }
        }
    }

    private void Pack(float* from, float* to, int rows)
    {
        Firsts = _packed;
        Stride = MostSources;
        for (int row = 0; row < rows; row++)
        {
            float* first = from + (row * _stride);
            float* last = to + (row * _stride);
            float* packed = _packed + (row * MostSources);
            float* steps = Steps + (row * MostSources);
            for (int i = 0; i < HeardCount; i++)
            {
                packed[i] = first[Heard[i]];
                steps[i] = (last[Heard[i]] - first[Heard[i]]) * _inverse;
            }
        }
    }
}
