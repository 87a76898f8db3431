// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>What the methods that ours is compared with are known to do with a tone and with noise.</summary>
internal sealed class EvalRivalTests
{
    private const int Length128 = 1;
    private const int Length2880 = 5;

    private JsonElement _tone;
    private JsonElement _noise;

    [OneTimeSetUp]
    public void Evaluate()
    {
        using TemporaryFolder folder = new();
        float[] tone = [.. Enumerable.Range(0, 48_000).Select(n => 0.5f * (float)Math.Sin(2 * Math.PI * n / 128))];
        Sounds.Write(folder.PathOf("tone.wav"), tone);
        Sounds.WriteNoise(folder.PathOf("noise.wav"), 48_000, 48_000, 1);
        CliResult result = Cli.Run(
            "eval", "pnbtr", "--corpus", folder.FullPath, "--methods", "repeat,pitch,burg-short,ar-128", "--gaps", "8", "--preset", "none", "--json");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        JsonElement clips = Cli.Lines(result)[^1].GetProperty("isolated").GetProperty("clips");
        (_noise, _tone) = (clips[0], clips[1]);
    }

    [TestCase("repeat", -35, -35)]
    [TestCase("pitch", -35, -5)]
    [TestCase("burg-short", -10, 0)]
    [TestCase("ar-128", -30, -10)]
    public void A_tone_goes_on(string method, double most128, double most2880)
    {
        Assert.That(Mean(_tone, method, Length128), Is.LessThan(most128));
        Assert.That(Mean(_tone, method, Length2880), Is.LessThan(most2880));
    }

    [TestCase("repeat", 2.5, 3.5)]
    [TestCase("pitch", 0.5, 3.5)]
    [TestCase("burg-short", -0.5, 3)]
    [TestCase("ar-128", -0.5, 1)]
    public void Noise_cannot_be_predicted(string method, double least, double most) =>
        Assert.That(Mean(_noise, method, Length2880), Is.InRange(least, most));

    private static double Mean(JsonElement clip, string method, int length) =>
        clip.GetProperty("methods").EnumerateArray().Single(one => one.GetProperty("method").GetString() == method).GetProperty("mean_db")[length].GetDouble();
}
