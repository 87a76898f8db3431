// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Invocation;
using AudioMesh.Cli.Commands;
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli;

/// <summary>The command <c>audiomesh</c>.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        ParseResult parsed = AudioMeshCommand.Create().Parse(args.Length == 0 ? ["--help"] : args);
        ErrorReport errors = new(AsJson: args.Contains("--json"));
        if (parsed.Action is ParseErrorAction)
        {
            return errors.Show(MistakeIn(parsed));
        }

        // Signals are ours: a run ends in its own time, with its files finished.
        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (Exception error)
        {
            return errors.Show(error);
        }
    }

    private static string MistakeIn(ParseResult parsed) => parsed.UnmatchedTokens.Count > 0
        ? $"'{parsed.UnmatchedTokens[0]}' is not a command or option here: 'audiomesh --help' lists them."
        : parsed.Errors[0].Message;
}
