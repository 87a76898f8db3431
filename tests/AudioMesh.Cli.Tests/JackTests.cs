// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using AudioMesh.Backends.Jack;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>Through a JACK server of the test's own, on its dummy driver.</summary>
[Platform("Linux")]
internal sealed class JackTests
{
    private const int Attempts = 10;

    private readonly string _server = $"amcli-{System.Environment.ProcessId}";
    private Process? _jackd;

    [OneTimeSetUp]
    public void StartServer()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            _jackd = TryStart(attempt % 2 == 0 ? "-R" : "-r");
            if (SpinWait.SpinUntil(() => _jackd.HasExited || IsListed(), 30_000) && !_jackd.HasExited)
            {
                return;
            }
        }

        Assert.Ignore("jackd does not start here");
    }

    private bool IsListed()
    {
        Thread.Sleep(20);
        using JackBackend backend = new();
        return backend.EnumerateDevices().Any(device => device.Name == _server);
    }

    [OneTimeTearDown]
    public void StopServer()
    {
        if (_jackd is { HasExited: false })
        {
            // In order: a killed one leaves its name in the table of servers, which has eight places.
            using Process kill = Process.Start("kill", [$"{_jackd.Id}"]);
            _jackd.WaitForExit(5000);
        }

        _jackd?.Dispose();
    }

    [Test]
    public void Play_chooses_the_server_and_its_rate()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("cd.wav");
        Sounds.WriteNoise(path, 22_050, rate: 44_100);
        CliResult result = Run("play", path, "--json");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        JsonElement device = Cli.Lines(result).Single(line => line.GetProperty("event").GetString() == "started").GetProperty("device");
        Assert.That(device.GetProperty("driver").GetString(), Is.EqualTo("jack"));
        Assert.That(device.GetProperty("rate").GetInt32(), Is.EqualTo(48_000));
        Assert.That(device.GetProperty("period").GetInt32(), Is.EqualTo(256));
        Assert.That(device.GetProperty("ports").GetArrayLength(), Is.EqualTo(2));
        Assert.That(Cli.Lines(result)[^1].GetProperty("frames").GetInt64(), Is.GreaterThanOrEqualTo(24_000 - 256));
    }

    [Test]
    public void Record_takes_its_file_from_the_server()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("take.wav");
        CliResult result = Run("record", path, "--seconds", "0.3", "--no-autoconnect");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain($"from jack:{_server}, 48000 Hz, 256 frames"));
        Assert.That(Sounds.ReadAll(path), Has.Length.GreaterThanOrEqualTo(2 * 14_000));
    }

    [Test]
    public void A_rate_that_the_server_has_not_is_an_error()
    {
        CliResult result = Run("tone", "--rate", "44100", "--seconds", "0.2");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.Contain("48000").And.Contain("44100"));
    }

    [Test]
    public void Each_client_of_a_hub_has_ports_of_its_own()
    {
        using TemporaryFolder folder = new();
        (string key, string tone) = (folder.PathOf("band.key"), folder.PathOf("tone.wav"));
        Assert.That(Cli.Run("key", "new", key).ExitCode, Is.Zero);
        Sounds.Write(tone, Tones.Periodic(48_000, 96, 0.5));
        using CliProcess hub = Cli.StartUntilWith(
            Environment, "\"event\":\"started\"", "hub", "--name", "stage", "--listen", "127.0.0.1:0", "--key-file", key, "--jack", "--max-clients", "2", "--json");
        JsonElement started = JsonDocument.Parse(hub.Output.Split('\n').First(line => line.Contains("started", StringComparison.Ordinal))).RootElement;
        Assert.That((started.GetProperty("rate").GetInt32(), started.GetProperty("period").GetInt32()), Is.EqualTo((48_000, 256)));
        using CliProcess anna = Cli.StartUntil(
            "hub_joined", "join", "stage", tone, "--loop", "--name", "anna", "--to", started.GetProperty("listen").GetString()!, "--listen", "127.0.0.1:0", "--key-file", key, "--backend", "null", "--json");
        using JackEar ear = new(_server);
        ear.Listen("stage:send_1");
        Assert.That(() => ear.Peak, Is.EqualTo(0.5f).Within(0.05f).After(20_000, 100));
        Assert.That(() => ear.Listen("stage:send_5"), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.NotFound), "two clients of two channels are four ports");
        Assert.That(anna.End("TERM").ExitCode, Is.Zero);
        Assert.That(hub.End("TERM").ExitCode, Is.Zero);
    }

    private Dictionary<string, string> Environment => new() { ["JACK_DEFAULT_SERVER"] = _server };

    private CliResult Run(params string[] arguments) => Cli.RunWith(Environment, arguments);

    private Process TryStart(string scheduling)
    {
        try
        {
            ProcessStartInfo start = new("jackd", [scheduling, "-n", _server, "-d", "dummy", "-r", "48000", "-p", "256"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            Process process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("jackd is not installed (Debian: jackd2)");
            throw;
        }
    }
}
