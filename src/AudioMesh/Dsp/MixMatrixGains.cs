// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>
/// The gains of up to 64 sources in up to six mixes, looked through once for all frames: which sources are heard, and whether any gain moves.
/// </summary>
internal unsafe struct MixMatrixGains
{
    /// <summary>The most sources.</summary>
    public const int MostSources = 64;

    private readonly float* _from;
    private readonly float* _to;
    private readonly float* _packed;
    private readonly nint _stride;
    private readonly nint _placeBytes;
    private readonly int _count;
    private readonly float _inverse;
    private ulong _listed;

    /// <summary>
    /// Gains that begin at <paramref name="from"/> and <paramref name="to"/>, <paramref name="stride"/> from one mix to the next, of sources that lie
    /// <paramref name="sourceStride"/> apart, in <paramref name="memory"/> of <see cref="MemoryBytes"/>.
    /// </summary>
    public MixMatrixGains(float* from, float* to, nint stride, int count, nint sourceStride, float inverse, byte* memory)
    {
        _from = from;
        _to = to;
        _stride = stride;
        _count = count;
        _placeBytes = sourceStride * sizeof(float);
        _inverse = inverse;
        StepStride = count;
        Steps = (float*)memory;
        _packed = Steps + (MixMatrixTile.Rows * MostSources);
        Places = (long*)(_packed + (MixMatrixTile.Rows * MostSources));
    }

    /// <summary>What an object of this needs beside itself.</summary>
    public static int MemoryBytes => (2 * MixMatrixTile.Rows * MostSources * sizeof(float)) + (MostSources * sizeof(long));

    /// <summary>The sources that are heard, ascending, by how many bytes they lie after the first of all.</summary>
    public long* Places { get; }

    /// <summary>How many sources are heard.</summary>
    public int HeardCount { get; private set; }

    /// <summary>The gains at the first frame of the heard sources, <see cref="Stride"/> from one mix to the next.</summary>
    public float* Firsts { get; private set; }

    /// <summary>The floats from one mix to the next in <see cref="Firsts"/>.</summary>
    public nint Stride { get; private set; }

    /// <summary>What the gains of the heard sources grow by each frame, set where <see cref="IsMoving"/>; <see cref="StepStride"/> from one mix to the next.</summary>
    public float* Steps { get; }

    /// <summary>The floats from one mix to the next in <see cref="Steps"/>.</summary>
    public nint StepStride { get; }

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int mix, int rows)
    {
        float* from = _from + (mix * _stride);
        float* to = _to + (mix * _stride);
        bool isMoving = false;
        bool isAnySilent = false;
        if (_stride == _count)
        {
            Look(from, to, rows * _count, ref isMoving, ref isAnySilent);
        }
        else
        {
            for (int row = 0; row < rows; row++)
            {
                Look(from + (row * _stride), to + (row * _stride), _count, ref isMoving, ref isAnySilent);
            }
        }

        IsMoving = isMoving;
        ulong heard = isAnySilent ? HeardInAny(from, to, rows) : NoteAllHeard();
        if (heard != _listed)
        {
            List(heard);
        }

        if (HeardCount == _count)
        {
            TakeAll(from, to, rows);
        }
        else
        {
            Pack(from, to, rows);
        }
    }

    // Most often all are heard, which is seen without picking bits apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Look(float* from, float* to, int count, ref bool isMoving, ref bool isAnySilent)
    {
        Vector<int> moves = Vector<int>.Zero;
        Vector<int> silences = Vector<int>.Zero;
        int i = 0;
        for (; i <= count - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<int> first = Vector.Load((int*)from + i);
            Vector<int> last = Vector.Load((int*)to + i);
            moves |= first ^ last;
            silences |= Vector.Equals((first | last) << 1, Vector<int>.Zero);
        }

        isAnySilent |= silences != Vector<int>.Zero;
        isMoving |= moves != Vector<int>.Zero;
        for (; i < count; i++)
        {
            isMoving |= ((int*)from)[i] != ((int*)to)[i];
            isAnySilent |= !IsHeard(from, to, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong NoteAllHeard()
    {
        SilentInSome = 0;
        return ulong.MaxValue >> (MostSources - _count);
    }

    private ulong HeardInAny(float* from, float* to, int rows)
    {
        ulong some = 0;
        ulong every = ulong.MaxValue;
        for (int row = 0; row < rows; row++)
        {
            ulong heard = HeardIn(from + (row * _stride), to + (row * _stride));
            some |= heard;
            every &= heard;
        }

        SilentInSome = some & ~every;
        return some;
    }

    private readonly ulong HeardIn(float* from, float* to)
    {
        ulong heard = 0;
        for (int i = 0; i < _count; i++)
        {
            heard |= IsHeard(from, to, i) ? 1UL << i : 0;
        }

        return heard;
    }

    // By the bits, so that zero is zero of either sign, and the same where denormals are flushed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHeard(float* from, float* to, int i) => ((((int*)from)[i] | ((int*)to)[i]) << 1) != 0;

    private void List(ulong heard)
    {
        _listed = heard;
        HeardCount = BitOperations.PopCount(heard);
        if (HeardCount == _count)
        {
            Vector<long> places = Vector<long>.Indices * _placeBytes;
            for (int i = 0; i < _count; i += Vector<long>.Count, places += Vector.Create(Vector<long>.Count * (long)_placeBytes))
            {
                places.Store(Places + i);
            }

            return;
        }

        for (long* place = Places; heard != 0; heard &= heard - 1)
        {
            *place++ = BitOperations.TrailingZeroCount(heard) * _placeBytes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeAll(float* from, float* to, int rows)
    {
        Firsts = from;
        Stride = _stride;
        if (!IsMoving)
        {
            return;
        }

        if (_stride == _count)
        {
            FillSteps(from, to, Steps, rows * _count);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            FillSteps(from + (row * _stride), to + (row * _stride), Steps + (row * StepStride), _count);
        }
    }

    private readonly void FillSteps(float* first, float* last, float* steps, int count)
    {
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            ((Vector.Load(last + i) - Vector.Load(first + i)) * _inverse).Store(steps + i);
        }

        for (; i < count; i++)
        {
            steps[i] = (last[i] - first[i]) * _inverse;
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
            float* steps = Steps + (row * StepStride);
            ulong heard = _listed;
            for (int i = 0; heard != 0; i++, heard &= heard - 1)
            {
                int source = BitOperations.TrailingZeroCount(heard);
                packed[i] = first[source];
                steps[i] = (last[source] - first[source]) * _inverse;
            }
        }
    }
}
