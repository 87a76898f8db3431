// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>Checks that all readers and writers share.</summary>
internal static class FileChecks
{
    // Keeps every byte offset far from overflow: 2^48 frames are 186 years at 48 kHz.
    private const long MaxSilence = 1L << 48;

    /// <summary>
    /// Throws FileInvalid for a rate or channel count that cannot be, FormatUnsupported for more channels than the engine has.
    /// </summary>
    public static void Shape(string path, long rate, int channels)
    {
        if (channels <= 0)
        {
            throw FileErrors.Invalid(path, $"has {channels} channels");
        }

        if (rate is < AudioFile.MinRate or > AudioFile.MaxRate)
        {
            throw FileErrors.Invalid(path, $"its rate of {rate} Hz is not within 1000..768000");
        }

        if (channels > AudioFile.MaxChannels)
        {
            throw FileErrors.Unsupported(path, $"has {channels} channels, more than {AudioFile.MaxChannels}");
        }
    }

    public static void Seek(AudioFileInfo info, long frame)
    {
        if (frame < 0 || frame > info.Frames)
        {
            throw Argument(info.Path, "frame", frame, $"0..{info.Frames}");
        }
    }

    public static void WholeFrames(string path, int samples, int channels)
    {
        if (samples % channels != 0)
        {
            throw Argument(path, "samples", samples, $"multiples of {channels}");
        }
    }

    public static void Silence(string path, long frames)
    {
        if (frames is < 0 or > MaxSilence)
        {
            throw Argument(path, "frames", frames, $"0..{MaxSilence}");
        }
    }

    private static AudioMeshException Argument(string path, string field, long value, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"{path}: {field} {value} is out of range: {allowed}.")
        {
            Field = field,
            Allowed = allowed,
        };
}
