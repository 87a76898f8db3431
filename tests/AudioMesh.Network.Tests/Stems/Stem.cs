// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Network.Stems;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>Looks into stems.</summary>
internal static class Stem
{
    /// <summary>Where between frames the pulse is that should be at a mesh time, in frames from there.</summary>
    public static double PulseError(CollectResult result, CollectedStem stem, long pulseNs)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(stem.Path);
        double expected = (pulseNs - result.Start.Nanoseconds) * 1e-9 * result.Rate;
        long from = (long)expected - 500;
        float[] sound = new float[1000];
        reader.Seek(from);
        Assert.That(reader.Read(sound), Is.EqualTo(sound.Length));
        int peak = Array.IndexOf(sound, sound.Max());
        Assert.That(sound[peak], Is.GreaterThan(0.4f), $"no pulse at {pulseNs} ns in {stem.Path}");

        // The logarithm of a bell is a parabola.
        double before = Math.Log(sound[peak - 1]);
        double top = Math.Log(sound[peak]);
        double after = Math.Log(sound[peak + 1]);
        return from + peak + (0.5 * (before - after) / (before - (2 * top) + after)) - expected;
    }

    public static float[] Read(string path)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        float[] sound = new float[reader.Info.Frames * reader.Info.Channels];
        reader.Read(sound);
        return sound;
    }
}
