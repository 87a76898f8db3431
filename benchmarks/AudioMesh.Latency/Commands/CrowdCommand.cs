// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Crowd;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Commands;

/// <summary><c>crowd</c>: whether many clients disturb what a few play into the daemon.</summary>
internal sealed class CrowdCommand : Command
{
    private readonly Option<int> _period = new("--period") { Description = "Frames per device callback.", DefaultValueFactory = _ => 64 };
    private readonly Option<double> _seconds = new("--seconds") { Description = "How long.", DefaultValueFactory = _ => 600 };
    private readonly Option<int> _clients = new("--clients") { Description = "How many ask and listen.", DefaultValueFactory = _ => 50 };
    private readonly Option<double> _requests = new("--requests") { Description = "Requests a second, of all of them.", DefaultValueFactory = _ => 1000 };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    public CrowdCommand()
        : base("crowd", "Plays into the daemon from three processes while many clients ask it and listen to it.")
    {
        foreach (Option option in (Option[])[_period, _seconds, _clients, _requests, _json])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        CrowdRun run = new(parsed.GetValue(_period), parsed.GetValue(_seconds), parsed.GetValue(_clients), parsed.GetValue(_requests));
        CrowdReport report = await run.RunAsync();
        Console.WriteLine(parsed.GetValue(_json) ? JsonSerializer.Serialize(report, JsonShapes.Default.CrowdReport) : report.ToString());
        return report.Holds ? 0 : 1;
    }
}
