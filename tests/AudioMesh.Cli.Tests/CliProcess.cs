// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;

namespace AudioMesh.Cli.Tests;

/// <summary>A command line that runs until it is told to end.</summary>
internal sealed class CliProcess : IDisposable
{
    private const int TimeoutMs = 60_000;

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly StringBuilder _output = new();

    public CliProcess(Process process, string sign)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
            _output.AppendLine(line);
        }
        while (line is not null && !line.Contains(sign, StringComparison.Ordinal));

        Assert.That(line, Is.Not.Null, () => $"It ended too early: {_output}{_error.Result}");
    }

    /// <summary>Sends <paramref name="signal"/> (<c>INT</c>, <c>TERM</c>) and waits for the end.</summary>
    public CliResult End(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
        Task<string> rest = _process.StandardOutput.ReadToEndAsync();
        Assert.That(_process.WaitForExit(TimeoutMs), "It ends when told so.");
        _output.Append(rest.Result);
        return new CliResult(_process.ExitCode, _output.ToString(), _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
