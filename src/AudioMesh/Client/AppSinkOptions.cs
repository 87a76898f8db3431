// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The ring between the engine and an app that reads.</summary>
public sealed record AppSinkOptions
{
    /// <summary>Room: how long the app may be late before sound is lost.</summary>
    public TimeSpan Room { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Interleaved channels.</summary>
    public int Channels { get; init; } = 2;

    /// <summary>Frames per second; 0 takes the open device's, or 48000.</summary>
    public int Rate { get; init; }
}
