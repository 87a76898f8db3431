// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh director abort</c>: calls off what was ordered last.</summary>
internal sealed class DirectorAbortCommand : Command
{
    private const int SpreadMs = 500;
    private readonly MeshOptionSet _mesh;

    public DirectorAbortCommand()
        : base("abort", "Calls off what was ordered last: nothing starts that has not yet, and who plays by it stops.")
    {
        _mesh = new MeshOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using DirectorSeat seat = new(_mesh.Read(parsed));
        await seat.SettleAsync([], interruption.Signalled);
        seat.Director.Abort();
        await Task.Delay(SpreadMs);
        return ExitCode.Done;
    }
}
