// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using AudioMesh.Backends.Jack;

namespace AudioMesh.Samples.Tests;

/// <summary>A jackd of the test's own on its dummy driver at 44100 Hz; the test is skipped on a machine without one.</summary>
internal sealed partial class JackServer : IDisposable
{
    private readonly string _name = $"amsample-{System.Environment.ProcessId}";
    private readonly Process _process;

    /// <summary>Starts it and waits until it listens.</summary>
    public JackServer()
    {
        _process = Start(_name);
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using JackBackend backend = new();
        if (!SpinWait.SpinUntil(() => _process.HasExited || IsListed(backend), 15_000) || _process.HasExited)
        {
            Dispose();
            Assert.Ignore("jackd does not start here.");
        }
    }

    /// <summary>What makes it a program's default server.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["JACK_DEFAULT_SERVER"] = _name };

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // In order, so that it takes its semaphores and sockets out of /dev/shm.
            kill(_process.Id, 15);
            if (!_process.WaitForExit(3000))
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private static Process Start(string name)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("jackd", ["-n", name, "-r", "-d", "dummy", "-r", "44100", "-p", "256"])
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
    }

    private bool IsListed(JackBackend backend)
    {
        Thread.Sleep(50);
        return backend.EnumerateDevices().Any(device => device.Name == _name);
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
