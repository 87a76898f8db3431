// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Cli.Tests;

/// <summary>Command lines that make no sense: one line that names the value and what is allowed, exit code 2.</summary>
internal sealed class UsageErrorTests
{
    [TestCase("--rate 5 is out of range: 8000..384000", "tone", "--rate", "5")]
    [TestCase("--period 9000 is out of range: 16..8192", "tone", "--period", "9000")]
    [TestCase("--period 'abc' is not a number: 16..8192", "tone", "--period", "abc")]
    [TestCase("--channels 0 is out of range: 1..256", "tone", "--channels", "0")]
    [TestCase("--level 3 is out of range: -120..0", "tone", "--level", "3")]
    [TestCase("--seconds 'NaN' is not a number", "tone", "--seconds", "NaN")]
    [TestCase("--backend 'oss' is not known: auto, jack, alsa", "tone", "--backend", "oss")]
    [TestCase("--host 'cloud' is not known: auto, isolated, managed", "tone", "--host", "cloud")]
    [TestCase("--format 'mp3' is not known: s24, s16, s32, f32", "record", "x.wav", "--format", "mp3")]
    [TestCase("--backend wav needs the file to write", "tone", "--backend", "wav")]
    [TestCase("--output x.wav writes a file", "tone", "--output", "x.wav", "--backend", "jack")]
    [TestCase("'FILE' missing", "play")]
    [TestCase("'--looop' is not an option here", "play", "x.wav", "--looop")]
    [TestCase("'dance' is not a command or option here", "dance")]
    public void A_wrong_word_is_named_with_what_is_allowed(string expected, params string[] arguments)
    {
        CliResult result = Cli.Run(arguments);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.All);
        Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain(expected));
        Assert.That(result.Error.TrimEnd(), Does.Not.Contain("\n"));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public void With_json_the_error_is_an_object_on_standard_output()
    {
        CliResult result = Cli.Run("tone", "--rate", "5", "--json");
        JsonElement line = Cli.Lines(result).Single();
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(line.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(line.GetProperty("error").GetProperty("message").GetString(), Does.Contain("--rate 5"));
        Assert.That(result.Error, Is.Empty);
    }

    [Test]
    public void A_device_that_is_not_there_is_named()
    {
        CliResult result = Cli.Run("tone", "--backend", "null", "--device", "nosuch");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain("nosuch"));
    }
}
