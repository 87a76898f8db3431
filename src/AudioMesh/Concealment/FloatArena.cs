// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>All floats that the device thread of one stream touches, in one piece of locked memory, zeroed.</summary>
internal sealed unsafe class FloatArena : IDisposable
{
    private const int Line = 16;
    private readonly long _length;
    private readonly float* _floats;
    private long _used;

    public FloatArena(long floats)
    {
        _length = floats;
        _floats = (float*)RealtimeMemory.Allocate((nuint)floats * sizeof(float));
    }

    ~FloatArena() => RealtimeMemory.Free(_floats, (nuint)_length * sizeof(float));

    /// <summary>How much of an arena <paramref name="floats"/> take: blocks begin on lines of the cache.</summary>
    public static long Padded(long floats) => (floats + Line - 1) & -Line;

    public FloatBlock Take(int floats)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_used + Padded(floats), _length);
        FloatBlock block = new(_floats + _used, floats);
        _used += Padded(floats);
        return block;
    }

    /// <summary>Copies everything into an arena that was cut up the same way.</summary>
    public void CopyTo(FloatArena other) => Buffer.MemoryCopy(_floats, other._floats, other._length * sizeof(float), _length * sizeof(float));

    public void Dispose()
    {
        RealtimeMemory.Free(_floats, (nuint)_length * sizeof(float));
        GC.SuppressFinalize(this);
    }
}
