// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>What to write.</summary>
public sealed record AudioFileOptions
{
    /// <summary>Frames per second, 1000 to 768000.</summary>
    public int Rate { get; init; } = 48000;

    /// <summary>1 to 256.</summary>
    public int Channels { get; init; } = 2;

    /// <summary>How to store samples; null takes the best the kind of file has.</summary>
    public FileSampleFormat? Format { get; init; }

    /// <summary>
    /// Frames from midnight to the first sample, stored in a <c>bext</c> chunk (EBU Tech 3285); null stores none. WAV only.
    /// </summary>
    public long? TimeReference { get; init; }

    /// <summary>Throws <see cref="AudioMeshException"/> (InvalidArgument, naming field and range) when a value is out of range.</summary>
    public void Validate()
    {
        Check(Rate is >= AudioFile.MinRate and <= AudioFile.MaxRate, "rate", Rate, "1000..768000");
        Check(Channels is >= 1 and <= AudioFile.MaxChannels, "channels", Channels, "1..256");
        Check(TimeReference is null or >= 0, "time_reference", TimeReference ?? 0, "0 or more");
    }

    private static void Check(bool holds, string field, long value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.")
            {
                Field = field,
                Allowed = allowed,
            };
        }
    }
}
