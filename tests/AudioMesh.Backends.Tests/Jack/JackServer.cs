// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>A jackd of the test's own on its dummy driver; the test is skipped on a machine without one.</summary>
internal sealed partial class JackServer : IDisposable
{
    private const int SignalTerminate = 15;
    private const int SignalStop = 19;
    private const int SignalContinue = 18;
    private static int _count;
    private readonly string _options;
    private readonly StringBuilder _said = new();
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
        // A machine has room for eight servers only, and where realtime scheduling is refused to jackd it runs without.
        for (int attempt = 0; attempt < 10; attempt++)
        {
            if (TryStart(attempt % 2 == 0 ? "-R" : "-r"))
            {
                return;
            }

            Thread.Sleep(500);
        }

        string said = _said.ToString();
        Dispose();
        Assert.Ignore($"jackd does not start here: {said}");
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
        kill(_process!.Id, SignalTerminate);
        Assert.That(_process.WaitForExit(5000), Is.True, "jackd ends when asked");
    }

    /// <summary>Makes it hang.</summary>
    public void Freeze() => kill(_process!.Id, SignalStop);

    /// <summary>Ends the hang.</summary>
    public void Thaw()
    {
        if (_process is { HasExited: false })
        {
            kill(_process.Id, SignalContinue);
        }
    }

    public void Dispose()
    {
        // One that was killed keeps its place among the machine's eight servers until another of its name ends in order.
        for (int attempt = 0; attempt < 3 && !EndsInOrder(); attempt++)
        {
            Crash();
            TryStart("-r");
        }

        _process?.Dispose();
        _process = null;
    }

    private bool EndsInOrder()
    {
        if (_process is { HasExited: false })
        {
            Thaw();
            kill(_process.Id, SignalTerminate);
            _process.WaitForExit(3000);
        }

        return _process is null or { HasExited: true, ExitCode: 0 };
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }

    private bool TryStart(string scheduling)
    {
        _process?.Dispose();
        _process = null;
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

        _said.Clear();
        _process!.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using JackBackend backend = new();
        return SpinWait.SpinUntil(() => _process.HasExited || IsListed(backend), Patience.Ms) && !_process.HasExited;
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
