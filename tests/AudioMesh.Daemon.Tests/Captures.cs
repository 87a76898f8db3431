// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Daemon.Tests;

/// <summary>What a device that writes a file has heard.</summary>
internal static class Captures
{
    private const int Wanted = 16384;

    /// <summary>The first channel.</summary>
    public static float[] FirstChannel(string path, out int rate)
    {
        using IAudioFileReader file = AudioFile.OpenRead(path);
        rate = file.Info.Rate;
        int channels = file.Info.Channels;
        float[] frames = new float[file.Info.Frames * channels];
        int read = file.Read(frames);
        return [.. Enumerable.Range(0, read).Select(frame => frames[frame * channels])];
    }

    /// <summary>So many frames of its first channel from the middle of where it sounds.</summary>
    public static float[] Loudest(string path, out int rate)
    {
        float[] all = FirstChannel(path, out rate);
        int first = Array.FindIndex(all, sample => Math.Abs(sample) > 0.1f);
        int last = Array.FindLastIndex(all, sample => Math.Abs(sample) > 0.1f);
        Assert.That(last - first, Is.GreaterThan(2 * Wanted), "It sounds for long enough.");
        int middle = (first + last - Wanted) / 2;
        return all[middle..(middle + Wanted)];
    }

    /// <summary>The frequency, in cycles per sample, by how the phase of the expected one moves from the first half to the second.</summary>
    public static double Frequency(float[] samples, double expected)
    {
        int half = samples.Length / 2;
        double turned = Phase(samples.AsSpan(half), expected, half) - Phase(samples.AsSpan(0, half), expected, 0);
        return expected + (Math.IEEERemainder(turned, 2 * Math.PI) / (2 * Math.PI * half));
    }

    private static double Phase(ReadOnlySpan<float> samples, double frequency, int offset)
    {
        (double real, double imaginary) = (0, 0);
        for (int i = 0; i < samples.Length; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * frequency * (offset + i));
            double window = 1 - Math.Cos(2 * Math.PI * i / samples.Length);
            real += samples[i] * window * cosine;
            imaginary -= samples[i] * window * sine;
        }

        return Math.Atan2(imaginary, real);
    }
}
