// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Files;

namespace AudioMesh.Cli.Eval;

/// <summary>The WAV files of a folder.</summary>
/// <param name="Clips">Those to evaluate, by name.</param>
/// <param name="Skipped">Those that are too short, silent, or hold what is not a number.</param>
internal sealed record Corpus(IReadOnlyList<Clip> Clips, IReadOnlyList<SkippedClip> Skipped)
{
    /// <summary>Frames that a clip has at least: models have to train, and a gap has to fit.</summary>
    public const int FewestFrames = 16_384;

    private const double SilentMeanSquare = 1e-6;
    private const int ReadSamples = 1 << 16;

    /// <summary>Throws NotFound where there is no folder or no clip in it, and what <see cref="AudioFile.OpenRead"/> throws.</summary>
    public static Corpus Load(string folder)
    {
        List<Clip> clips = [];
        List<SkippedClip> skipped = [];
        foreach (string path in FilesIn(folder))
        {
            Clip clip = Read(path);
            if (WhyNot(clip) is { } reason)
            {
                skipped.Add(new SkippedClip(clip.Name, reason));
            }
            else
            {
                clips.Add(clip);
            }
        }

        return clips.Count > 0 ? new Corpus(clips, skipped) : throw new AudioMeshException(
            AudioErrorKind.NotFound,
            $"{folder} has no clip to evaluate: {string.Join(", ", skipped.Select(clip => $"{clip.Name} {clip.Reason}"))}.");
    }

    private static string[] FilesIn(string folder)
    {
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(folder).Where(IsWav).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException e)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"{folder}: no such folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{folder}: {e.Message}", e);
        }

        return files.Length > 0 ? files : throw new AudioMeshException(AudioErrorKind.NotFound, $"{folder} has no WAV files.");
    }

    private static bool IsWav(string path) => Path.GetExtension(path).ToLowerInvariant() is ".wav" or ".wave" or ".bwf";

    private static Clip Read(string path)
    {
        using IAudioFileReader file = AudioFile.OpenRead(path);
        int channels = file.Info.Channels;
        List<float> mono = [];
        float[] interleaved = new float[ReadSamples / channels * channels];
        for (int frames; (frames = file.Read(interleaved)) > 0;)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                float sum = 0;
                foreach (float sample in interleaved.AsSpan(frame * channels, channels))
                {
                    sum += sample;
                }

                mono.Add(sum / channels);
            }
        }

        return new Clip(Path.GetFileNameWithoutExtension(path), file.Info.Rate, [.. mono]);
    }

    private static string? WhyNot(Clip clip) =>
        clip.Samples.Length < FewestFrames ? $"is shorter than {FewestFrames} frames"
        : !clip.Samples.All(float.IsFinite) ? "holds samples that are not numbers"
        : clip.Samples.Sum(sample => (double)sample * sample) < SilentMeanSquare * clip.Samples.Length ? "is silent"
        : null;
}
