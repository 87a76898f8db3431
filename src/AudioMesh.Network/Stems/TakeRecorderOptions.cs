// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>What a <see cref="TakeRecorder"/> is given to record.</summary>
public sealed record TakeRecorderOptions
{
    /// <summary>This host's name, up to 255 characters.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>Frames per second, 1000 to 768000.</summary>
    public int Rate { get; init; } = 48000;

    /// <summary>1 to 256.</summary>
    public int Channels { get; init; } = 2;

    /// <summary>Frames the device hands over at a time, 1 to 65536: what is lost is lost in these.</summary>
    public int PeriodFrames { get; init; } = 256;

    /// <summary>How to store samples.</summary>
    public FileSampleFormat Format { get; init; } = FileSampleFormat.Float32;

    internal void Validate()
    {
        new AudioFileOptions { Rate = Rate, Channels = Channels, Format = Format }.Validate();
        if (PeriodFrames is < 1 or > 65536)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"PeriodFrames {PeriodFrames} is out of range: 1..65536.") { Field = nameof(PeriodFrames), Allowed = "1..65536" };
        }

        if (Host.Length > TakeLimits.MostTextChars)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Host is {Host.Length} characters long; allowed: up to {TakeLimits.MostTextChars}.") { Field = nameof(Host) };
        }
    }
}
