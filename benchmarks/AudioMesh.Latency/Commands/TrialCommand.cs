// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Reports;
using AudioMesh.Latency.Storm;

namespace AudioMesh.Latency.Commands;

/// <summary><c>trial</c>: the app under test, in a process whose collector was chosen by whoever started it.</summary>
internal sealed class TrialCommand : Command
{
    private readonly StormOptionSet _setup;

    public TrialCommand()
        : base("trial", "One trial of a storm; started by storm.")
    {
        Hidden = true;
        _setup = new StormOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TrialResult result = await new Trial(_setup.Read(parsed)).RunAsync();
        Console.WriteLine(JsonSerializer.Serialize(result, JsonShapes.Default.TrialResult));
        return 0;
    }
}
