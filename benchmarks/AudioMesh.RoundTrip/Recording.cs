// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Latency;

namespace AudioMesh.RoundTrip;

/// <summary>Real recordings, one channel of each, one after the other and again from the first, for as long as is asked.</summary>
internal static class Recording
{
    private static readonly string[] Usual = ["guit_em9.wav", "loop_compus.wav", "piano_prelude.wav"];

    /// <summary>The file named, or those the samples come with. Throws what <see cref="AudioFile.OpenRead"/> throws, FormatUnsupported at another rate.</summary>
    public static float[] Load(string? path, double seconds)
    {
        string[] paths = path is null ? [.. Usual.Select(name => Path.Combine(SourceTree.Root, "samples", "audio", name))] : [path];
        float[] all = [.. paths.SelectMany(First)];
        float[] sound = new float[(int)(seconds * Recorded.Rate)];
        for (int i = 0; i < sound.Length; i++)
        {
            sound[i] = all[i % all.Length];
        }

        return sound;
    }

    private static float[] First(string path)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        if (reader.Info.Rate != Recorded.Rate)
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"{path} has {reader.Info.Rate} frames a second, not {Recorded.Rate}.");
        }

        float[] interleaved = new float[reader.Info.Frames * reader.Info.Channels];
        int read = reader.Read(interleaved);
        return [.. Enumerable.Range(0, read).Select(frame => interleaved[frame * reader.Info.Channels])];
    }
}
