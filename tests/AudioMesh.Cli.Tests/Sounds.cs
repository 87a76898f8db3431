// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>Files to play and to look at.</summary>
internal static class Sounds
{
    public static string Recording { get; } = Repository.PathOf("samples", "audio", "piano_prelude.wav");

    /// <summary>Writes noise as 32-bit floats and returns it, interleaved.</summary>
    public static float[] WriteNoise(string path, int frames, int rate = 48_000, int channels = 2)
    {
        Random random = new(7);
        float[] samples = new float[frames * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (random.NextSingle() - 0.5f) * 0.9f;
        }

        Write(path, samples, rate, channels);
        return samples;
    }

    /// <summary>Writes 32-bit floats.</summary>
    public static void Write(string path, ReadOnlySpan<float> interleaved, int rate = 48_000, int channels = 1)
    {
        AudioFileOptions options = new() { Rate = rate, Channels = channels, Format = FileSampleFormat.Float32 };
        using IAudioFileWriter file = AudioFile.Create(path, options);
        file.Write(interleaved);
    }

    /// <summary>All of a file, interleaved.</summary>
    public static float[] ReadAll(string path)
    {
        using IAudioFileReader file = AudioFile.OpenRead(path);
        float[] samples = new float[file.Info.Frames * file.Info.Channels];
        int used = 0;
        int frames;
        while (used < samples.Length && (frames = file.Read(samples.AsSpan(used))) > 0)
        {
            used += frames * file.Info.Channels;
        }

        return samples[..used];
    }
}
