// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>
/// What lies beside a take, as NAME.take.json: its clock map and its dropouts, a line of JSON each. Every number in it was checked, and the sound beside it
/// was asked. Immutable; any thread.
/// </summary>
public sealed record TakeSidecar
{
    internal const int Version = 1;

    private const string Extension = ".take.json";

    internal TakeSidecar()
    {
    }

    /// <summary>The take's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string Host { get; init; }

    /// <summary>The name of the file with the sound, in the sidecar's folder.</summary>
    public required string FileName { get; init; }

    /// <summary>Frames per second that the device claimed.</summary>
    public required int Rate { get; init; }

    /// <summary>Channels.</summary>
    public required int Channels { get; init; }

    /// <summary>The time scale of its points; 0 is the host's own clock.</summary>
    public required ulong MeshId { get; init; }

    /// <summary>The clock map, the first of frame 0, rising.</summary>
    public required IReadOnlyList<TakePoint> Points { get; init; }

    /// <summary>Where not everything was recorded.</summary>
    public required IReadOnlyList<TakeDropout> Dropouts { get; init; }

    /// <summary>Its frames, null where its recorder was killed.</summary>
    public required long? Frames { get; init; }

    /// <summary>The mesh time of the first frame as it was when that was recorded: the sound's bext says the same.</summary>
    internal TakePoint First { get; init; }

    /// <summary>The sidecar's name for a file with sound.</summary>
    public static string PathOf(string audioPath) => Path.ChangeExtension(audioPath, null) + Extension;

    /// <summary>Whether a file is named as sidecars are.</summary>
    public static bool IsSidecar(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a sidecar. <paramref name="path"/> is for messages. Throws FileInvalid, naming line and value, for what no recorder writes.
    /// </summary>
    public static TakeSidecar Parse(ReadOnlyMemory<byte> json, string path) => new TakeSidecarParser(path).Parse(json);

    /// <summary>Reads a sidecar from a file, and holds it against the sound beside it. Throws NotFound, FileUnreadable, PermissionDenied or FileInvalid.</summary>
    public static TakeSidecar Read(string path)
    {
        TakeSidecar sidecar = Parse(ReadBytes(path), path);
        string audio = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, sidecar.FileName);
        using IAudioFileReader sound = AudioFile.OpenRead(audio);
        sidecar.CheckSound(path, sound.Info);
        return sidecar;
    }

    internal void CheckSound(string path, AudioFileInfo sound)
    {
        if (sound.Rate != Rate || sound.Channels != Channels)
        {
            throw TakeFiles.Invalid(path, $"it says {Rate} Hz and {Channels} channels, but {sound.Path} has {sound.Rate} Hz and {sound.Channels}");
        }

        if (Frames is { } frames && frames != sound.Frames)
        {
            throw TakeFiles.Invalid(path, $"it says {frames} frames, but {sound.Path} has {sound.Frames}");
        }

        if (sound.TimeReference != TakeWriter.TimeReferenceOf(First.MeshTime, Rate))
        {
            throw TakeFiles.Invalid(path, $"its first frame is at {First.MeshTime.Nanoseconds} ns, but {sound.Path} begins at frame {sound.TimeReference} of mesh time");
        }

        if (sound.Frames == 0)
        {
            throw TakeFiles.Invalid(path, $"{sound.Path} holds no sound");
        }

        if (sound.Frames > TakeLimits.MostSeconds * Rate)
        {
            throw TakeFiles.Invalid(path, $"{sound.Path} is longer than a week");
        }

        if (sound.Frames - Points[^1].Frame > (long)TakeLimits.MostTailSeconds * Rate)
        {
            throw TakeFiles.Invalid(path, $"its clock map ends at frame {Points[^1].Frame}, more than {TakeLimits.MostTailSeconds} s before the sound does");
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length is 0 or > TakeLimits.MostBytes)
            {
                throw TakeFiles.Invalid(path, $"is {file.Length} bytes long; allowed: 1..{TakeLimits.MostBytes}");
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            throw TakeFiles.From(path, e);
        }
    }
}
