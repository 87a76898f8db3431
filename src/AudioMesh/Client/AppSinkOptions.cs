// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The ring between the engine and an app that reads.</summary>
public sealed record AppSinkOptions
{
    /// <summary>Room: how long the app may be late before sound is lost.</summary>
    public TimeSpan Room { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the app reads by a clock of its own instead of taking what is there: then the engine follows that clock.</summary>
    public bool FollowsClock { get; init; }

    /// <summary>Interleaved channels.</summary>
    public int Channels { get; init; } = 2;

    /// <summary>Frames per second; 0 takes the open device's, or 48000.</summary>
    public int Rate { get; init; }
}
