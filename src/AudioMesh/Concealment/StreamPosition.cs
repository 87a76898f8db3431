// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>Where a stream stands: the device thread writes it, anyone reads.</summary>
[RealtimeSafe]
internal sealed class StreamPosition
{
    private const int Hops = SampleHistory.Capacity / StreamConcealer.HopFrames;

    private readonly long[] _filledHops = new long[Hops];
    private long _frames;

    public StreamPosition() => _filledHops.AsSpan().Fill(-1);

    /// <summary>Frames that passed.</summary>
    public long Frames
    {
        get => Volatile.Read(ref _frames);
        set => Volatile.Write(ref _frames, value);
    }

    /// <summary>Notes that the frames up to <paramref name="end"/> were made here.</summary>
    public void MarkFilled(long begin, long end)
    {
        for (long hop = begin / StreamConcealer.HopFrames; hop * StreamConcealer.HopFrames < end; hop++)
        {
            Volatile.Write(ref _filledHops[hop % Hops], hop);
        }
    }

    /// <summary>Whether all frames of the hops from <paramref name="begin"/> up to <paramref name="end"/> came. As far back as the history goes.</summary>
    public bool Came(long begin, long end)
    {
        bool came = true;
        for (long hop = begin / StreamConcealer.HopFrames; hop * StreamConcealer.HopFrames < end; hop++)
        {
            came &= Volatile.Read(ref _filledHops[hop % Hops]) != hop;
        }

        return came;
    }

    /// <summary>Becomes a copy.</summary>
    public void CopyFrom(StreamPosition other)
    {
        other._filledHops.CopyTo(_filledHops, 0);
        Frames = other.Frames;
    }
}
