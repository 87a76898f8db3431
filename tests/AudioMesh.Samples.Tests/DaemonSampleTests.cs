// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Backends;
using AudioMesh.Control;
using AudioMesh.Engine;
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Samples.Tests;

/// <summary>Programs that join a server's engine by its socket and by rings in memory files.</summary>
[Platform("Linux")]
internal sealed class DaemonSampleTests
{
    private const double Frequency = 440;

    private static readonly Dictionary<string, string> NoVariables = [];

    private TemporaryFolder _folder = null!;
    private string _socket = "";
    private AudioEngine _engine = null!;
    private ControlServer _server = null!;

    [SetUp]
    public void Serve()
    {
        _folder = new TemporaryFolder();
        _socket = _folder.PathOf("mixer.sock");
        _engine = new AudioEngine();
        _engine.OpenDevice("null", new StreamRequest { Rate = 48000, PeriodFrames = 128, OutputChannels = 2 });
        _engine.Change(change => change.Connect(
            change.CreateNode("mixer", new Dictionary<string, ParameterValue>(), "main"),
            change.CreateNode("device_sink", new Dictionary<string, ParameterValue>())));
        _engine.Start();
        _server = new ControlServer(_engine, _socket);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await _server.DisposeAsync();
        _engine.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void A_tone_from_Python_is_played_to_its_end() => Assert.That(
        Sample.Run("python3", Environment, "samples/DaemonPython/play.py", "1"), Does.Match(@"44100 frames played, \d+ underruns"));

    [Test]
    public void A_tone_from_C_is_played_to_its_end() => Assert.That(
        Sample.Run(Build(), NoVariables, _socket, "1"), Does.Contain("44100 frames played"));

    [Test]
    public Task What_one_program_plays_another_records([Values] bool isFromC) => RecordedAsync(isFromC);

    [Test]
    public async Task A_program_that_scribbles_over_its_rings_and_is_killed_is_heard_by_nobody_and_leaves_nothing()
    {
        int before = MemFd.CountHeld();
        ProcessStartInfo start = new("python3", [Repository.PathOf("tests", "AudioMesh.Samples.Tests", "scribbler.py")])
        {
            RedirectStandardOutput = true,
            Environment = { ["AUDIOMIXERD_SOCKET"] = _socket, ["PYTHONPATH"] = Repository.PathOf("samples", "DaemonPython"), ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using Process scribbler = Process.Start(start)!;
        try
        {
            Assert.That(await scribbler.StandardOutput.ReadLineAsync(), Is.EqualTo("ready"));
            await RecordedAsync(isFromC: true);
        }
        finally
        {
            scribbler.Kill();
            await scribbler.WaitForExitAsync();
        }

        for (int waits = 0; waits < 300 && (_server.ClientCount > 0 || MemFd.CountHeld() > before); waits++)
        {
            await Task.Delay(100);
        }

        Assert.That(MemFd.CountHeld(), Is.EqualTo(before));
        Assert.That(_engine.GetGraph().Nodes.Select(node => node.Type.Name), Is.EquivalentTo(new[] { "mixer", "device_sink" }));
    }

    private Dictionary<string, string> Environment => new() { ["AUDIOMIXERD_SOCKET"] = _socket, ["PYTHONDONTWRITEBYTECODE"] = "1" };

    private async Task RecordedAsync(bool isFromC)
    {
        Task<string> playing = Task.Run(() => isFromC
            ? Sample.Run(Build(), NoVariables, _socket, "6", "main")
            : Sample.Run("python3", Environment, "samples/DaemonPython/play.py", "6", "440", "main"));
        while (!playing.IsCompleted && !IsPlaying())
        {
            await Task.Delay(20);
        }

        string file = _folder.PathOf("take.wav");
        Assert.That(Sample.Run("python3", Environment, "samples/DaemonPython/record.py", "main", file, "2"), Does.Contain("88200 frames recorded"));
        Assert.That(await playing, Does.Contain("264600 frames played"));
        (double residual, double level) = ClearestSine(file);
        TestContext.Out.WriteLine($"residual {residual:0.0} dB, level {level:0.0000}");
        Assert.That(residual, Is.LessThan(-60), "dB");
        Assert.That(level, Is.EqualTo(0.25).Within(0.001));
    }

    private bool IsPlaying()
    {
        (IReadOnlyList<GraphNode> nodes, IReadOnlyList<(int From, int To)> connections) = _engine.GetGraph();
        int main = nodes.Single(node => node.Name == "main").Id;
        return connections.Any(one => one.To == main && nodes.Any(node => node.Id == one.From && node.Get("position") is { Number: > 10_000 }));
    }

    // On a machine that has no time the sound has gaps, but somewhere it has none.
    private static (double ResidualDb, double Level) ClearestSine(string path)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        float[] sound = new float[2 * reader.Info.Frames];
        int frames = reader.Read(sound);
        float[] left = [.. Enumerable.Range(0, frames).Select(i => sound[2 * i])];
        SineFit best = Enumerable.Range(0, (frames - 2048) / 1024)
            .Select(i => new SineFit(left.AsSpan(i * 1024, 2048), Frequency / 44100))
            .MinBy(fit => fit.ResidualDb())!;
        return (best.ResidualDb(), best.Amplitude());
    }

    private string Build()
    {
        string program = _folder.PathOf("tone");
        Sample.Run(
            "cc", NoVariables, "-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", "native/include", "samples/DaemonC/main.c", "-o", program, "-lm");
        return program;
    }
}
