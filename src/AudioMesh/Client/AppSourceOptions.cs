// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The ring between an app that writes and the engine.</summary>
public sealed record AppSourceOptions
{
    /// <summary>How much is kept ready: the delay, and how long the app, its garbage collector included, may be late without being heard.</summary>
    public TimeSpan Depth { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The same in frames; goes before <see cref="Depth"/> when not 0.</summary>
    public int DepthFrames { get; init; }

    /// <summary>Whether what the app does not write in time is predicted from the sound before it; else such gaps fade to silence.</summary>
    public bool PredictsGaps { get; init; } = true;

    /// <summary>
    /// Whether the app writes by a clock of its own, with <see cref="AppSource.Write(ReadOnlySpan{float})"/>, instead of waiting for room: then the engine follows that
    /// clock and keeps the ring at its depth.
    /// </summary>
    public bool FollowsClock { get; init; }

    /// <summary>Interleaved channels.</summary>
    public int Channels { get; init; } = 2;

    /// <summary>Frames per second; 0 takes the open device's, or 48000.</summary>
    public int Rate { get; init; }
}
