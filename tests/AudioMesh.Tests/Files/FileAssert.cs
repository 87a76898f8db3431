// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Tests.Files;

internal static class FileAssert
{
    /// <summary>Everything in the file, read in pieces of an awkward size.</summary>
    public static float[] ReadAll(string path)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        return ReadAll(reader);
    }

    public static float[] ReadAll(IAudioFileReader reader)
    {
        float[] piece = new float[997 * reader.Info.Channels];
        List<float> all = [];
        for (int frames = reader.Read(piece); frames > 0; frames = reader.Read(piece))
        {
            all.AddRange(piece.AsSpan(0, frames * reader.Info.Channels));
        }

        return [.. all];
    }

    public static void WriteAll(string path, AudioFileOptions options, ReadOnlySpan<float> samples)
    {
        using IAudioFileWriter writer = AudioFile.Create(path, options);
        writer.Write(samples);
    }

    /// <summary>
    /// Fails unless <paramref name="action"/> throws an error of <paramref name="kind"/> that names <paramref name="name"/>.
    /// </summary>
    public static AudioMeshException Throws(AudioErrorKind kind, string name, Action action)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(action)!;
        Assert.That(error.Kind, Is.EqualTo(kind), error.Message);
        Assert.That(error.Message, Does.Contain(name));
        return error;
    }
}
