// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AudioMesh.Daemon;

/// <summary>The program <c>audiomixerd</c>.</summary>
public static class DaemonProgram
{
    private const string Name = "audiomixerd";
    private const int Failed = 1;
    private const int Usage = 2;

    /// <summary>The same as a command of another program, under <paramref name="name"/>.</summary>
    public static Command CreateCommand(string name) => new DaemonCommand(name);

    /// <summary>Runs it, and gives the exit code: 0 when it was told to end, 1 when something went wrong, 2 for what makes no sense in options or configuration.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            return Show(new AudioMeshException(AudioErrorKind.InvalidArgument, parsed.UnmatchedTokens.Count > 0
                ? $"'{parsed.UnmatchedTokens[0]}' is not an option here: '{Name} --help' lists them."
                : parsed.Errors[0].Message));
        }

        // Signals are the daemon's own.
        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            return Show(error as AudioMeshException ?? new AudioMeshException(AudioErrorKind.Internal, $"{error.GetType().Name}: {error.Message}", error));
        }
    }

    private static DaemonCommand Create()
    {
        DaemonCommand command = new(Name);
        command.Add(new HelpOption());
        command.Add(new VersionOption());
        return command;
    }

    private static int Show(AudioMeshException error)
    {
        bool isComplete = error.Allowed is null || error.Message.Contains(error.Allowed, StringComparison.Ordinal);
        Console.Error.WriteLine($"{Name}: {error.Message}{(isComplete ? "" : $" Allowed: {error.Allowed}.")}");
        return error.Kind == AudioErrorKind.InvalidArgument ? Usage : Failed;
    }
}
