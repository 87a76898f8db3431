// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>A JACK server that comes, dies and comes back.</summary>
[Platform("Linux")]
internal sealed class DeviceLossTests
{
    private const int PatienceMs = 60_000;
    private readonly string _server = $"amd-{Environment.ProcessId}";
    private Process? _jackd;

    [TearDown]
    public void EndServer()
    {
        if (_jackd is { HasExited: true, ExitCode: not 0 })
        {
            // One that was killed keeps its place among the machine's eight until another of its name ends in order.
            StartServer();
        }

        if (_jackd is { HasExited: false })
        {
            using Process kill = Process.Start("kill", [$"{_jackd.Id}"]);
            _jackd.WaitForExit(5000);
        }

        _jackd?.Dispose();
    }

    [Test]
    public void The_daemon_waits_for_its_server_outlives_it_and_returns_to_it()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone);
        using DaemonProcess daemon = DaemonProcess.Run(
            folder.FullPath, $"[device]\nbackend = \"jack\"\nname = \"{_server}\"\n[graph]\nstart = \"start.json\"\n");
        daemon.WaitFor($"Waiting for jack:{_server}");
        using RawClient client = new(daemon.Socket);
        client.Get("""{"cmd":"subscribe","events":["state"]}""");

        StartServer();
        client.WaitFor("state", state => state.GetProperty("value").GetString() == "running");
        daemon.WaitFor($"Playing on jack:{_server}");

        _jackd!.Kill();
        _jackd.WaitForExit();
        client.WaitFor("state", state => state.GetProperty("value").GetString() == "holdover");
        long before = Periods(client);
        Assert.That(SpinWait.SpinUntil(() => Periods(client) > before + 10, PatienceMs), "Time goes on without the server.");
        daemon.WaitFor($"Device jack:{_server}: lost");

        StartServer();
        client.WaitFor("state", state => state.GetProperty("value").GetString() == "running");
        daemon.Signal("TERM");
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
    }

    private static long Periods(RawClient client) => client.Get("""{"cmd":"stats"}""").GetProperty("periods").GetInt64();

    private void StartServer()
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            _jackd?.Dispose();
            try
            {
                _jackd = Process.Start(new ProcessStartInfo("jackd", ["-n", _server, attempt % 2 == 0 ? "-R" : "-r", "-d", "dummy", "-r", "48000", "-p", "128"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            }
            catch (Win32Exception)
            {
                Assert.Ignore("jackd is not installed (Debian: jackd2).");
            }

            _jackd!.OutputDataReceived += (_, _) => { };
            _jackd.ErrorDataReceived += (_, _) => { };
            _jackd.BeginOutputReadLine();
            _jackd.BeginErrorReadLine();
            if (!_jackd.WaitForExit(500))
            {
                return;
            }
        }

        Assert.Ignore("jackd does not start here.");
    }
}
