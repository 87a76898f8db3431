// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Package.Tests;

/// <summary>A program that a test runs and waits for.</summary>
internal static class ExternalProgram
{
    /// <summary>What it prints. Fails when it fails, or runs longer than <paramref name="limit"/>.</summary>
    public static string Finish(ProcessStartInfo start, TimeSpan limit)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // Build servers would outlive the test and keep its pipes.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        // It would go before the package folder that a project names.
        start.Environment.Remove("NUGET_PACKAGES");
        string command = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command} ran longer than {limit}");
        }

        Assert.That(process.ExitCode, Is.Zero, () => $"{command}\n{output.Result}\n{errors.Result}");
        return output.Result;
    }
}
