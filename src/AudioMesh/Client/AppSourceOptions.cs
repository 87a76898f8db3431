// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The ring between an app that writes and the engine.</summary>
public sealed record AppSourceOptions
{
    /// <summary>How much is kept ready: the delay, and how long the app, its garbage collector included, may be late without being heard.</summary>
    public TimeSpan Depth { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The same in frames; goes before <see cref="Depth"/> when not 0.</summary>
    public int DepthFrames { get; init; }

    /// <summary>Interleaved channels.</summary>
    public int Channels { get; init; } = 2;

    /// <summary>Frames per second; 0 takes the open device's, or 48000.</summary>
    public int Rate { get; init; }
}
