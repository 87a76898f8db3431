// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Reports;

/// <summary>Says what went wrong, in one line on standard error or as JSON on standard output, and answers the exit code.</summary>
internal sealed record ErrorReport(bool AsJson)
{
    /// <summary>A command line that makes no sense.</summary>
    public int Show(string usageError) =>
        Show(new AudioMeshException(AudioErrorKind.InvalidArgument, usageError));

    /// <summary>What was thrown.</summary>
    public int Show(Exception error)
    {
        AudioMeshException known = error as AudioMeshException
            ?? new AudioMeshException(AudioErrorKind.Internal, $"{error.GetType().Name}: {error.Message}", error);
        string message = OneLine(known.Message);
        if (AsJson)
        {
            JsonLine.Write(json =>
            {
                json.WriteBoolean("ok", false);
                JsonLine.WriteError(json, known.Kind.ToCode(), message, known.Field, known.Allowed);
            });
        }
        else
        {
            bool isComplete = known.Allowed is null || message.Contains(known.Allowed, StringComparison.Ordinal);
            Console.Error.WriteLine($"audiomesh: {message}{(isComplete ? "" : $" Allowed: {known.Allowed}.")}");
        }

        return ExitCode.Of(known.Kind);
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
