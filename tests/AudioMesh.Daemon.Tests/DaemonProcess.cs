// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;

namespace AudioMesh.Daemon.Tests;

/// <summary>A running daemon of a test's own, on a socket of its own.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private const int PatienceMs = 60_000;

    private readonly StringBuilder _said = new();
    private readonly Process _process;

    private DaemonProcess(ProcessStartInfo start, string socket)
    {
        Socket = socket;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public string Socket { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has said so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts it with a configuration whose text this is, and waits until it is ready.</summary>
    public static DaemonProcess Run(string folder, string toml, params string[] options)
    {
        string config = Path.Combine(folder, "audiomixerd.toml");
        File.WriteAllText(config, toml);
        return Run(folder, DaemonBinary.StartInfo(["--config", config, "--socket", SocketIn(folder), .. options]));
    }

    /// <summary>Starts it so, and waits until it is ready.</summary>
    public static DaemonProcess Run(string folder, ProcessStartInfo start)
    {
        DaemonProcess daemon = Begin(folder, start);
        daemon.WaitFor("Ready ");
        return daemon;
    }

    /// <summary>Starts it so.</summary>
    public static DaemonProcess Begin(string folder, ProcessStartInfo start)
    {
        // What a shell starts in the background ignores some signals, and so would the daemon.
        if (OperatingSystem.IsLinux())
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.ArgumentList.Insert(0, "--default-signal=HUP,INT,TERM");
            start.FileName = "env";
        }

        return new(start, SocketIn(folder));
    }

    public static string SocketIn(string folder) => Path.Combine(folder, "daemon.sock");

    /// <summary>Waits until it has said <paramref name="words"/>, this many times.</summary>
    public void WaitFor(string words, int times = 1)
    {
        bool said = SpinWait.SpinUntil(() => Count(words) >= times || _process.HasExited, PatienceMs) && Count(words) >= times;
        if (!said)
        {
            _process.WaitForExit(1000);
        }

        Assert.That(said || Count(words) >= times, () => $"'{words}' was not said: {Said}");
    }

    /// <summary>Sends a signal: <c>TERM</c>, <c>HUP</c>, <c>KILL</c>.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end, and gives its exit code.</summary>
    public int End()
    {
        Assert.That(_process.WaitForExit(PatienceMs), () => $"It does not end: {Said}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private int Count(string words) => Said.Split(words).Length - 1;

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
