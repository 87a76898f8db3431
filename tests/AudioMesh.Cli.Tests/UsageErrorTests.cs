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
    [TestCase("'--corpus' is required", "eval", "pnbtr")]
    [TestCase("--preset 'dialup' is not known: wifi, fibre, good", "eval", "pnbtr", "--corpus", "x", "--preset", "dialup")]
    [TestCase("--methods 'magic' is not known: zero, ", "eval", "pnbtr", "--corpus", "x", "--methods", "zero,magic")]
    [TestCase("--loss 60 is out of range: 0.01..50", "eval", "pnbtr", "--corpus", "x", "--loss", "60")]
    [TestCase("--loss is instead of a preset", "eval", "pnbtr", "--corpus", "x", "--loss", "5", "--preset", "wifi")]
    [TestCase("--burst says how --loss comes", "eval", "pnbtr", "--corpus", "x", "--burst", "2")]
    [TestCase("--render writes streams", "eval", "pnbtr", "--corpus", "x", "--preset", "none", "--render", "y")]
    [TestCase("'--listen' is required", "impair", "--to", "127.0.0.1:5")]
    [TestCase("--listen 'here' is not an address and port", "impair", "--listen", "here", "--to", "127.0.0.1:5")]
    [TestCase("--to '127.0.0.1:0' is not an address and port", "impair", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:0")]
    [TestCase("--preset 'dialup' is not known: none, lan, fibre", "impair", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:5", "--preset", "dialup")]
    [TestCase("--delay -1 is out of range: 0..3600000", "impair", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:5", "--delay", "-1")]
    [TestCase("--burst says how --loss comes", "impair", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:5", "--burst", "2")]
    [TestCase("in bursts of 1 is impossible: the most is 0.5", "impair", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:5", "--loss", "60", "--burst", "1")]
    [TestCase("--outage 2000 ms does not fit", "impair", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:5", "--outage-every", "1", "--outage", "2000")]
    [TestCase("send needs either a FILE or --capture", "send", "--key-file", "k")]
    [TestCase("join plays either a FILE or what it captures, not both", "join", "stage", "x.wav", "--capture", "--key-file", "k")]
    [TestCase("--level 'anna' is not NAME=DB of -120..24, NAME=mute or NAME=solo", "join", "stage", "--key-file", "k", "--level", "anna")]
    [TestCase("--level 'anna=25' is not NAME=DB", "join", "stage", "--key-file", "k", "--level", "anna=25")]
    [TestCase("join has its engine in this process: --host isolated does not go with it", "join", "stage", "--key-file", "k", "--host", "isolated")]
    [TestCase("--max-clients 0 is out of range: 1..1024", "hub", "--key-file", "k", "--max-clients", "0")]
    [TestCase("--period 8 is out of range: 16..512", "hub", "--key-file", "k", "--period", "8")]
    [TestCase("send needs either a FILE or --capture", "send", "x.wav", "--capture", "--key-file", "k")]
    [TestCase("A session needs its key: either --key-file", "receive")]
    [TestCase("A session needs its key: either --key-file", "time", "--key-file", "k", "--passphrase-file", "p")]
    [TestCase("--redundancy 'repeat:9' is not known: none, repeat:1..8, parity:2..32", "send", "x.wav", "--key-file", "k", "--redundancy", "repeat:9")]
    [TestCase("--redundancy 'none:0' is not known", "send", "x.wav", "--key-file", "k", "--redundancy", "none:0")]
    [TestCase("--encoding 'mp3' is not known: f32, s24, s16, opus", "send", "x.wav", "--key-file", "k", "--encoding", "mp3")]
    [TestCase("--depth '9..3' is not MIN..MAX", "receive", "--key-file", "k", "--depth", "9..3")]
    [TestCase("listen 'here' is not an address", "time", "--key-file", "k", "--listen", "here")]
    [TestCase("contacts '127.0.0.1:0' is not a port of 1..65535", "time", "--key-file", "k", "--to", "127.0.0.1:0")]
    [TestCase("FILE' missing", "key", "new")]
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
