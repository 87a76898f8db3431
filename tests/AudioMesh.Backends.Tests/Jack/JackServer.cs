// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>A jackd of the test's own on its dummy driver; the test is skipped on a machine without one.</summary>
internal sealed partial class JackServer : IDisposable
{
    private const int SignalStop = 19;
    private const int SignalContinue = 18;
    private static int _count;
    private readonly string _options;
    private Process? _process;

    /// <summary>Starts it and waits until it listens.</summary>
    public JackServer(int rate = 48_000, int period = 64, string options = "")
    {
        Name = $"amtest-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        _options = $"-n {Name} {options} {{0}} -d dummy -r {rate} -p {period}";
        Start();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Starts it again, under the same name, after it was ended.</summary>
    public void Start()
    {
        // Where realtime scheduling is refused to jackd itself, it runs without.
        if (!TryStart("-R") && !TryStart("-r"))
        {
            Assert.Ignore("jackd does not start here.");
        }
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Crash()
    {
        _process!.Kill();
        _process.WaitForExit(5000);
    }

    /// <summary>Ends it in order.</summary>
    public void Terminate()
    {
        kill(_process!.Id, 15);
        Assert.That(_process.WaitForExit(5000), Is.True, "jackd ends when asked");
    }

    /// <summary>Makes it hang.</summary>
    public void Freeze() => kill(_process!.Id, SignalStop);

    /// <summary>Ends the hang.</summary>
    public void Thaw() => kill(_process!.Id, SignalContinue);

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            // In order, so that it takes its semaphores and sockets out of /dev/shm.
            Thaw();
            kill(_process.Id, 15);
            if (!_process.WaitForExit(3000))
            {
                Crash();
            }
        }

        _process?.Dispose();
    }

    private bool TryStart(string scheduling)
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo("jackd", string.Format(null, _options, scheduling))
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("jackd is not installed (Debian: jackd2).");
        }

        _process!.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using JackBackend backend = new();
        return SpinWait.SpinUntil(() => _process.HasExited || IsListed(backend), 15_000) && !_process.HasExited;
    }

    private bool IsListed(JackBackend backend)
    {
        Thread.Sleep(20);
        foreach (AudioDevice device in backend.EnumerateDevices())
        {
            if (device.Name == Name)
            {
                return true;
            }
        }

        return false;
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
