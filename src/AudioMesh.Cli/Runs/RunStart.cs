// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>What begins, and where.</summary>
internal sealed record RunStart
{
    /// <summary><c>play</c>, <c>record</c>, <c>tone</c>, <c>jdat</c>, <c>send</c> or <c>receive</c>.</summary>
    public required string Action { get; init; }

    /// <summary>In words: <c>Playing piano.wav (48000 Hz, 2 channels, 0:07) on</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The file played or recorded.</summary>
    public string? Path { get; init; }

    /// <summary>How long it will take; null when that is open.</summary>
    public double? LengthSeconds { get; init; }

    public required DeviceInfo Device { get; init; }

    public required EngineHosting Hosting { get; init; }
}
