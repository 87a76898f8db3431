// SPDX-License-Identifier: MIT
using AudioMesh.Backends;

namespace AudioMesh.Daemon.Config;

/// <summary>The device to open at the start.</summary>
internal sealed record DeviceConfig
{
    public const int DefaultPeriod = 128;

    public static IReadOnlyList<string> Backends { get; } = ["auto", "jack", "alsa", "coreaudio", "null", "wav"];

    public string Backend { get; init; } = "auto";

    public string Name { get; init; } = "";

    public int Period { get; init; } = DefaultPeriod;

    /// <summary>0 takes the device's.</summary>
    public int Rate { get; init; }

    public int Channels { get; init; } = 2;

    public int InputChannels { get; init; }

    /// <summary>The same as the backends are asked.</summary>
    public StreamRequest Request => new()
    {
        Device = Name == "default" ? "" : Name,
        ClientName = "audiomixerd",
        Rate = Rate,
        PeriodFrames = Period,
        OutputChannels = Channels,
        InputChannels = InputChannels,
    };
}
