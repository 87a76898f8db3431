// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Files;

namespace AudioMesh.Cli.Eval.Trials;

/// <summary>Writes what was heard, to be listened to: a folder a clip, in it the reference and, a folder a scenario, the methods.</summary>
internal static class Rendering
{
    /// <summary>What arrived, silent where packets were lost.</summary>
    public static void WriteLossy(string folder, Clip clip, LossScenario scenario, LossTrace trace)
    {
        float[] lossy = [.. clip.Samples];
        foreach (Range gap in trace.Gaps)
        {
            lossy.AsSpan(gap).Clear();
        }

        Write(folder, clip, scenario, "lossy", lossy);
    }

    public static void WriteReference(string folder, Clip clip) => Write(Path.Combine(folder, clip.Name), "reference", clip.Rate, clip.Samples);

    public static void Write(string folder, Clip clip, LossScenario scenario, string method, float[] heard) =>
        Write(Path.Combine(folder, clip.Name, scenario.FileName), method, clip.Rate, heard);

    private static void Write(string folder, string name, int rate, float[] samples)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{folder}: {e.Message}", e);
        }

        AudioFileOptions options = new() { Rate = rate, Channels = 1, Format = FileSampleFormat.Float32 };
        using IAudioFileWriter file = AudioFile.Create(Path.Combine(folder, $"{name}.wav"), options);
        file.Write(samples);
    }
}
