// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using AudioMesh.Backends.Jack;
using AudioMesh.Clock;
using AudioMesh.Latency.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Latency;

/// <summary>A JACK server of our own on its dummy driver, so that nobody's sound is in the way; or the one the environment names.</summary>
internal sealed class DummyJack : IDisposable
{
    /// <summary>Above the device threads of whatever else runs here; its clients run 5 below.</summary>
    public const int Priority = RealtimePriority.Device + 10;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private readonly Process? _process;
    private readonly ConcurrentQueue<ServerLine> _said = new();

    /// <summary>
    /// Starts one with this period. A <paramref name="synchronous"/> one waits for its clients: when the machine stalls, its cycles come late
    /// but whole, where an asynchronous one (as jackd is by default) goes on without them. One with a <paramref name="suffix"/> is never the one the environment names.
    /// It is started by the words <paramref name="inside"/>, where there are any.
    /// </summary>
    public DummyJack(int period, bool synchronous = false, string suffix = "", params string[] inside)
    {
        if (suffix.Length == 0 && Environment.GetEnvironmentVariable("JACK_DEFAULT_SERVER") is { Length: > 0 } given)
        {
            Name = given;
            return;
        }

        Name = $"audiomesh-{Environment.ProcessId}{suffix}";
        string[] words = [.. inside, "jackd", .. synchronous ? ["-S"] : Array.Empty<string>(), "-R", "-P", $"{Priority}", "-n", Name, "-d", "dummy", "-r", "48000", "-p", $"{period}"];
        _process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using JackBackend backend = new();
        if (!SpinWait.SpinUntil(() => _process.HasExited || IsListed(backend), StartLimit) || _process.HasExited)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"{string.Join(' ', words)} does not start: {string.Join(' ', Said.Select(line => line.Text))}");
        }
    }

    public string Name { get; }

    /// <summary>What it has printed so far; nothing where it is not ours.</summary>
    public IReadOnlyCollection<ServerLine> Said => _said;

    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }

        // In order, so that it takes its semaphores and sockets out of /dev/shm.
        if (LibC.kill(_process.Id, LibC.SIGTERM) != 0 || !_process.WaitForExit(3000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _said.Enqueue(new ServerLine(MeshClock.Now.Nanoseconds, line));
        }
    }

    private bool IsListed(JackBackend backend)
    {
        Thread.Sleep(50);
        return backend.EnumerateDevices().Any(device => device.Name == Name);
    }
}

/// <summary>A line the server printed, and the mesh time in ns at which it came.</summary>
internal sealed record ServerLine(long Time, string Text)
{
    /// <summary>Whether it says that the server was late itself, or that the kernel had not yet run a client it had woken.</summary>
    public bool IsServersFault => Text.Contains("JackTimedDriver::Process XRun") || (Text.Contains("JackEngine::XRun") && Text.Contains("state = Triggered"));
}
