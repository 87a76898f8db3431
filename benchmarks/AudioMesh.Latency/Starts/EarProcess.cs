// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AudioMesh.Latency.Starts;

/// <summary>The clients of <c>ear.c</c> on one JACK server.</summary>
internal sealed class EarProcess : IDisposable
{
    private readonly Process _process;
    private readonly Lock _gate = new();
    private List<Heard> _heard = [];

    public EarProcess(string program, string server, string[] inside)
    {
        string[] words = [.. inside, program, server];
        _process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        if (_process.StandardOutput.ReadLine() != "ready")
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"The ear does not hear {server}.");
        }

        Task.Run(ReadAsync);
    }

    /// <summary>Compiles the program into a folder. Throws LibraryMissing where there is no compiler or JACK's headers are not there.</summary>
    public static string Compile(string folder)
    {
        string source = Path.Combine(SourceTree.Root, "benchmarks", "AudioMesh.Latency", "Starts", "ear.c");
        string program = Path.Combine(folder, "ear");
        try
        {
            using Process compiler = Process.Start("cc", ["-std=c11", "-O2", "-D_POSIX_C_SOURCE=200809L", "-o", program, source, "-ljack", "-lm"]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? program : throw new AudioMeshException(AudioErrorKind.LibraryMissing, "The ear needs the headers of JACK (Debian: libjack-jackd2-dev).");
        }
        catch (Win32Exception)
        {
            throw new AudioMeshException(AudioErrorKind.LibraryMissing, "The ear needs a C compiler.");
        }
    }

    /// <summary>What was heard since this was asked last, in order.</summary>
    public List<Heard> TakeAll()
    {
        lock (_gate)
        {
            List<Heard> taken = _heard;
            _heard = [];
            return taken;
        }
    }

    public void Dispose()
    {
        // In order, so that its clients leave nothing behind at the server.
        _ = Interop.LibC.kill(_process.Id, Interop.LibC.SIGTERM);
        if (!_process.WaitForExit(3000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Take(line);
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        string[] words = line.Split(' ');
        double Number(int index) => double.Parse(words[index], CultureInfo.InvariantCulture);
        Heard heard = words[0] == "stands" ? new Heard(HeardKind.Stands, 0, 0, (long)Number(1))
            : new Heard(words[0] == "sound" ? HeardKind.Sound : HeardKind.Silence, (long)Number(1), (long)Number(2), (long)Number(3));
        lock (_gate)
        {
            _heard.Add(heard);
        }
    }
}
