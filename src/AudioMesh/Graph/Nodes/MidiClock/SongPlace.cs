// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Where in the song a clock that is sent is, in sixteenths; setting it jumps there.</summary>
internal sealed class SongPlace(int first) : LiveParameter
{
    /// <summary>No place is wanted.</summary>
    public const int Nowhere = -1;

    /// <summary>Clocks in a sixteenth.</summary>
    public const int ClocksPerSixteenth = 6;

    private int _wanted = first == 0 ? Nowhere : first;
    private long _nextClock;

    /// <inheritdoc/>
    public override double Value => Volatile.Read(ref _nextClock) / ClocksPerSixteenth;

    /// <inheritdoc/>
    public override bool Ramps => false;

    /// <summary>Where it is to jump; <see cref="Nowhere"/> once it has.</summary>
    public int Wanted => Volatile.Read(ref _wanted);

    /// <summary>The clock that is sent next while it runs, counted from the song's beginning. Written by the device thread.</summary>
    public long NextClock
    {
        get => Volatile.Read(ref _nextClock);
        set => Volatile.Write(ref _nextClock, value);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Begin(ParameterMove move) => Volatile.Write(ref _wanted, (int)move.Target);

    /// <summary>Where it is to jump, which is the caller's from now on. Device thread.</summary>
    [RealtimeSafe]
    public int TakeWanted() => Interlocked.Exchange(ref _wanted, Nowhere);
}
