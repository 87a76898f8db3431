// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using AudioMesh.Backends.Jack;
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

    /// <summary>
    /// Starts one with this period. A <paramref name="synchronous"/> one waits for its clients: when the machine stalls, its cycles come late
    /// but whole, where an asynchronous one (as jackd is by default) goes on without them.
    /// </summary>
    public DummyJack(int period, bool synchronous = false)
    {
        if (Environment.GetEnvironmentVariable("JACK_DEFAULT_SERVER") is { Length: > 0 } given)
        {
            Name = given;
            return;
        }

        Name = $"audiomesh-{Environment.ProcessId}";
        string[] words = [.. synchronous ? ["-S"] : Array.Empty<string>(), "-R", "-P", $"{Priority}", "-n", Name, "-d", "dummy", "-r", "48000", "-p", $"{period}"];
        _process = Process.Start(new ProcessStartInfo("jackd", words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        ConcurrentQueue<string?> said = new();
        _process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using JackBackend backend = new();
        if (!SpinWait.SpinUntil(() => _process.HasExited || IsListed(backend), StartLimit) || _process.HasExited)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"jackd {string.Join(' ', words)} does not start: {string.Join(' ', said)}");
        }
    }

    public string Name { get; }

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

    private bool IsListed(JackBackend backend)
    {
        Thread.Sleep(50);
        return backend.EnumerateDevices().Any(device => device.Name == Name);
    }
}
