// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;

namespace AudioMesh.Cli.Tests;

/// <summary>A command line that runs until it is told to end.</summary>
internal sealed class CliProcess : IDisposable
{
    private const int TimeoutMs = 60_000;

    private readonly Process _process;
    private readonly StreamReader _watched;
    private readonly Task<string> _other;
    private readonly bool _isError;
    private readonly StringBuilder _output = new();

    /// <summary>Returns when it has written a line that contains <paramref name="sign"/>, on standard output or on standard error.</summary>
    public CliProcess(Process process, string sign, bool isError = false)
    {
        _process = process;
        _isError = isError;
        _watched = isError ? process.StandardError : process.StandardOutput;
        _other = (isError ? process.StandardOutput : process.StandardError).ReadToEndAsync();
        string? line;
        do
        {
            line = _watched.ReadLine();
            _output.AppendLine(line);
        }
        while (line is not null && !line.Contains(sign, StringComparison.Ordinal));

        Assert.That(line, Is.Not.Null, () => $"It ended too early: {_output}{_other.Result}");
    }

    /// <summary>What it wrote until the sign.</summary>
    public string Output => _output.ToString();

    /// <summary>Sends <paramref name="signal"/> (<c>INT</c>, <c>TERM</c>) and waits for the end.</summary>
    public CliResult End(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
        Task<string> rest = _watched.ReadToEndAsync();
        Assert.That(_process.WaitForExit(TimeoutMs), "It ends when told so.");
        _output.Append(rest.Result);
        return _isError
            ? new CliResult(_process.ExitCode, _other.Result, _output.ToString())
            : new CliResult(_process.ExitCode, _output.ToString(), _other.Result);
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
