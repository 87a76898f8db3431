// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>xjadeo, following a JACK server's transport and asked by its remote control; the test is skipped where it is not installed.</summary>
internal sealed class VideoPlayer : IDisposable
{
    private const int PatienceMs = 30_000;
    private const string PlainX11 = "4";
    private readonly Process _process;

    public VideoPlayer(string server, string display, string home, string file)
    {
        ProcessStartInfo start = new("xjadeo", ["-R", "-S", "-x", PlainX11, file]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["DISPLAY"], start.Environment["JACK_DEFAULT_SERVER"], start.Environment["HOME"]) = (display, server, home);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("xjadeo is not installed (Debian: xjadeo).");
            throw;
        }

        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        Assert.That(SpinWait.SpinUntil(() => Ask("frames") > 0, PatienceMs), Is.True, "it opens the file");
    }

    /// <summary>The picture it shows.</summary>
    public long Position => Ask("position");

    public void Dispose()
    {
        _process.StandardInput.WriteLine("quit");
        _process.StandardInput.Flush();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private long Ask(string what)
    {
        _process.StandardInput.WriteLine($"get {what}");
        _process.StandardInput.Flush();
        while (true)
        {
            Task<string?> line = _process.StandardOutput.ReadLineAsync();
            Assert.That(line.Wait(PatienceMs) && line.Result is not null, Is.True, "xjadeo answers");
            if (line.Result!.StartsWith('@') && line.Result.Split('=') is [_, { } value])
            {
                return long.Parse(value, CultureInfo.InvariantCulture);
            }
        }
    }
}
