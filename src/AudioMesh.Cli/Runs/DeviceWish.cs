// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>What the user asked of the device; zero and empty mean that it is not important.</summary>
internal sealed record DeviceWish
{
    public string Backend { get; init; } = "auto";

    public string Device { get; init; } = "";

    public int Rate { get; init; }

    public int PeriodFrames { get; init; }

    public int Channels { get; init; }

    public EngineHosting Host { get; init; }

    public bool AutoConnect { get; init; } = true;
}
