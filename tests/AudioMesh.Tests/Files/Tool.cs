// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Tests.Files;

/// <summary>Runs a command of the system.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Runs it to its end; returns what it says. Ignores the test where it is not installed, fails it where the command fails.
    /// </summary>
    public static string Run(string command, params string[] arguments)
    {
        (int code, string output) = TryRun(command, arguments);
        if (code == 127)
        {
            Assert.Ignore($"{command} is not installed");
        }

        Assert.That(code, Is.Zero, $"{command} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    /// <summary>Runs it to its end; 127 where it is not installed.</summary>
    public static (int Code, string Output) TryRun(string command, params string[] arguments)
    {
        using Process process = new()
        {
            StartInfo = new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, "");
        }

        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"{command} does not end");
        }

        return (process.ExitCode, output.Result + errors);
    }
}
