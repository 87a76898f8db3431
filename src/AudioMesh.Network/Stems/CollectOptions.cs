// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>What to make of takes.</summary>
public sealed record CollectOptions
{
    /// <summary>The folder to make stems and project in; made where it is not there.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Frames per second of the stems, 1000 to 768000; null takes the highest of the takes.</summary>
    public int? Rate { get; init; }

    /// <summary>How to store samples.</summary>
    public FileSampleFormat Format { get; init; } = FileSampleFormat.Float32;

    internal void Validate()
    {
        if (OutputFolder.Length == 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "The folder for stems has no name.") { Field = nameof(OutputFolder) };
        }

        new AudioFileOptions { Rate = Rate ?? AudioFile.MinRate, Format = Format }.Validate();
    }
}
