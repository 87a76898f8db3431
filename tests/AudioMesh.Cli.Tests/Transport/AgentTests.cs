// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AudioMesh.Files;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests.Transport;

/// <summary>Agents and directors as their users run them: two JACK servers of the test's own, each with an agent, an impulse at a frame of the transport, and an ear.</summary>
[Platform("Linux")]
internal sealed class AgentTests
{
    private const int Frame = 96_000;
    private const int Port = 50_961;
    private static readonly TemporaryFolder Folder = new();
    private static readonly string Key = Folder.PathOf("mesh.key");

    [OneTimeSetUp]
    public void MakeKey() => Assert.That(Cli.Run("key", "new", Key).ExitCode, Is.Zero);

    [OneTimeTearDown]
    public void RemoveKey() => Folder.Dispose();

    [Test]
    public void Two_JACK_servers_play_the_same_frame_at_the_same_time_as_an_ear_on_each_measures()
    {
        string program = Compile();
        using Server first = Server.Start("a", 128), second = Server.Start("b", 256);
        using CliProcess one = StartAgent("one", Port, "--server", first.Name), two = StartAgent("two", Port + 2, "--server", second.Name, "--to", $"127.0.0.1:{Port}");
        using Ear left = new(program, first.Name), right = new(program, second.Name);
        (int good, int fair) = (0, 0);
        for (int round = 0; round < 8 && good < 2; round++)
        {
            (CliResult result, JsonElement run) = Direct("play", "--frame", $"{Frame - 4800}", "--hosts", "one", "two", "--max-bound", "20000");
            Assert.That(run.GetProperty("ok").GetBoolean(), Is.True, result.All);
            long a = left.Next(), b = right.Next();
            double boundFrames = run.GetProperty("hosts").EnumerateArray().Max(host => host.GetProperty("outcome").GetProperty("bound_us").GetDouble()) * 0.048;
            double drift = 4800 * 600e-6; // each server's clock is its own, for the tenth of a second since the start
            TestContext.Out.WriteLine($"apart {(a - b) * 48e-6:F2} frames, bound {boundFrames:F2}; {result.Output.Trim()}");
            bool isExact = run.GetProperty("hosts").EnumerateArray().All(host => Math.Abs(host.GetProperty("outcome").GetProperty("error_frames").GetDouble()) < 1.5);
            fair += isExact ? 1 : 0;
            good += isExact && Math.Abs(a - b) * 48e-6 < 2 + boundFrames + drift ? 1 : 0;
            Assert.That(Direct("stop", "--max-bound", "20000").Run.GetProperty("ok").GetBoolean(), Is.True);
        }

        one.End("TERM");
        two.End("TERM");
        Assume.That(good == 2 || fair >= 4, "this machine stalls: hardly an agent says that it started in time");
        Assert.That(good, Is.EqualTo(2), "agents say that they started in time, and an ear hears something else");
    }

    [Test]
    public void The_sample_controller_drives_an_agent_and_the_director_sees_it()
    {
        using CliProcess agent = StartAgent("solo", Port + 1, "--transport", "engine", "--backend", "null", "--plain", "127.0.0.1:50962");
        using Process controller = Process.Start(new ProcessStartInfo("python3", [Repository.PathOf("samples", "PlainController", "controller.py"), "50962"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string output = controller.StandardOutput.ReadToEnd() + controller.StandardError.ReadToEnd();
        controller.WaitForExit();
        Assert.That(controller.ExitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("OK LOCATE_START_AT").And.Contain("ERR not_found").And.Contain("ERR not_a_number"));
        CliResult status = Cli.Run("director", "status", "--json", "--key-file", Key, "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{Port + 1}", "--name", "eye");
        JsonElement host = Cli.Lines(status)[0].GetProperty("hosts")[0];
        Assert.That(host.GetProperty("host").GetString(), Is.EqualTo("solo"), status.All);
        Assert.That(host.GetProperty("frame").GetInt64(), Is.GreaterThanOrEqualTo(48_000), "it was located, and has played");
    }

    [Test]
    public void A_clip_plays_from_the_frame_that_a_controller_asks_for()
    {
        string clip = Folder.PathOf("clip.wav"), heard = Folder.PathOf("heard.wav");
        float[] samples = [.. Enumerable.Repeat(0.25f, 96_000)];
        samples[12_000] = 1;
        using (IAudioFileWriter writer = AudioFile.Create(clip, new AudioFileOptions { Rate = 48_000, Channels = 1, Format = FileSampleFormat.Float32 }))
        {
            writer.Write(samples);
        }

        using (CliProcess agent = StartAgent(
            "player", Port + 3, "--transport", "engine", "--backend", "wav", "--device", heard, "--rate", "48000", "--channels", "1", "--clip", clip, "--plain", "127.0.0.1:50965"))
        {
            using TcpClient controller = new("127.0.0.1", 50_965);
            using StreamReader answers = new(controller.GetStream());
            double at = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds + 1;
            controller.GetStream().Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"LOCATE_START_AT 2000 {at:F6}\nSTOP_AT {at + 0.5:F6}\n")));
            Assert.That(answers.ReadLine(), Does.StartWith("OK "));
            Assert.That(answers.ReadLine(), Does.StartWith("OK "));
            Thread.Sleep(2000);
            agent.End("TERM");
        }

        using IAudioFileReader reader = AudioFile.OpenRead(heard);
        float[] sound = new float[reader.Info.Frames];
        reader.Read(sound);
        int begin = Array.FindIndex(sound, sample => sample != 0), peak = Array.IndexOf(sound, sound.Max());
        Assert.That(peak - begin, Is.EqualTo(10_000).Within(2));
    }

    [Test]
    public void A_clip_goes_with_an_engines_transport_only() =>
        Assert.That(Cli.Run("agent", "--clip", "x.wav", "--key-file", Key, "--listen", "127.0.0.1:0", "--seconds", "1").ExitCode, Is.EqualTo(2));

    [TestCase("play", "--frame", "-1")]
    [TestCase("play", "--lead", "1e308")]
    [TestCase("stop", "--at", "NaN")]
    public void An_order_that_makes_no_sense_is_a_mistake_of_usage(params string[] arguments) =>
        Assert.That(Cli.Run(["director", .. arguments, "--key-file", Key, "--listen", "127.0.0.1:0"]).ExitCode, Is.EqualTo(2));

    [Test]
    public void The_plain_protocol_does_not_go_beyond_this_machine_unasked()
    {
        CliResult result = Cli.Run("agent", "--transport", "engine", "--backend", "null", "--key-file", Key, "--listen", "127.0.0.1:0", "--plain", "0.0.0.0:0", "--seconds", "1");
        Assert.That(result.ExitCode, Is.EqualTo(2), result.All);
        Assert.That(result.Error, Does.Contain("plain"));
    }

    private static CliProcess StartAgent(string name, int port, params string[] arguments) => Cli.StartUntil(
        "started", ["agent", "--json", "--name", name, "--key-file", Key, "--listen", $"127.0.0.1:{port}", .. arguments]);

    private static (CliResult Result, JsonElement Run) Direct(params string[] arguments)
    {
        CliResult result = Cli.Run(["director", .. arguments, "--json", "--lead", "3000", "--name", "director", "--key-file", Key, "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{Port}", $"127.0.0.1:{Port + 2}"]);
        Assert.That(result.Output, Is.Not.Empty, result.All);
        return (result, Cli.Lines(result)[^1]);
    }

    private static string Compile()
    {
        string program = Folder.PathOf("impulse");
        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo("cc",
                ["-std=c11", "-O2", "-D_POSIX_C_SOURCE=200809L", "-o", program, Repository.PathOf("tests", "AudioMesh.Cli.Tests", "Transport", "impulse.c"), "-ljack"]) { RedirectStandardError = true })!;
            compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode == 0)
            {
                return program;
            }
        }
        catch (Win32Exception)
        {
            // No compiler.
        }

        Assert.Ignore("No C compiler, or no headers of JACK.");
        return program;
    }

    private sealed class Server : IDisposable
    {
        private readonly Process _process;

        private Server(string name, int period, string realtime)
        {
            Name = $"amtransport-{name}-{System.Environment.ProcessId}";
            try
            {
                _process = Process.Start(new ProcessStartInfo("jackd", ["-n", Name, realtime, "-d", "dummy", "-r", "48000", "-p", $"{period}"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            }
            catch (Win32Exception)
            {
                Assert.Ignore("jackd is not installed (Debian: jackd2).");
                throw;
            }

            _process.OutputDataReceived += (_, _) => { };
            _process.ErrorDataReceived += (_, _) => { };
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
            IsThere = SpinWait.SpinUntil(() => _process.HasExited || IsListed(), 20_000) && !_process.HasExited;
        }

        public string Name { get; }

        private bool IsThere { get; }

        /// <summary>Starts one; where realtime scheduling is refused to jackd, without.</summary>
        public static Server Start(string name, int period)
        {
            foreach (string realtime in (string[])["-R", "-r", "-R"])
            {
                Server server = new(name, period, realtime);
                if (server.IsThere)
                {
                    return server;
                }

                server.Dispose();
            }

            Assert.Ignore("jackd does not start here.");
            throw new UnreachableException();
        }

        public void Dispose()
        {
            // In order: a killed one leaves its name in the table of servers, which has eight places.
            using Process kill = Process.Start("kill", [$"{_process.Id}"]);
            _process.WaitForExit(5000);
            _process.Dispose();
        }

        private bool IsListed()
        {
            Thread.Sleep(50);
            using Backends.Jack.JackBackend backend = new();
            return backend.EnumerateDevices().Any(device => device.Name == Name);
        }
    }

    private sealed class Ear : IDisposable
    {
        private readonly Process _process;

        public Ear(string program, string server)
        {
            _process = Process.Start(new ProcessStartInfo(program, [server, $"{Frame}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string? line = _process.StandardOutput.ReadLine();
            Assert.That(line, Does.StartWith("ready"));
        }

        /// <summary>When the next impulse leaves the server, nanoseconds of this machine's monotonic clock.</summary>
        public long Next()
        {
            Task<string?> line = _process.StandardOutput.ReadLineAsync();
            Assert.That(line.Wait(20_000), Is.True, "an impulse is heard");
            return long.Parse(line.Result!.Split(' ')[1], CultureInfo.InvariantCulture);
        }

        public void Dispose()
        {
            // In order, so that its clients leave nothing behind at the server.
            using Process kill = Process.Start("kill", [$"{_process.Id}"]);
            if (!_process.WaitForExit(5000))
            {
                _process.Kill();
            }

            _process.Dispose();
        }
    }
}
