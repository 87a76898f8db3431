// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Tests;

/// <summary>What a run of the command line came to.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both outputs, for messages.</summary>
    public string All => $"exit {ExitCode}\n{Output}{Error}";
}
