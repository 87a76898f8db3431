// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Reports;
using AudioMesh.Latency.Starts;

namespace AudioMesh.Latency.Commands;

/// <summary><c>starts</c>: whether agents with clocks of their own start, locate and stop at one sample.</summary>
internal sealed class StartsCommand : Command
{
    private readonly Option<int> _hosts = new("--hosts") { Description = "Agents, 2 to 7: JACK knows eight servers on a machine.", DefaultValueFactory = _ => 4 };
    private readonly Option<int> _starts = new("--starts") { Description = "How many times each is started, located and stopped.", DefaultValueFactory = _ => 200 };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };
    private readonly Option<string?> _report = new("--report") { Description = "Write a page to this file.", HelpName = "FILE.md" };

    private readonly Option<int[]> _period = new("--period")
    {
        Description = "Frames per device callback; several are run one after the other.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [64],
    };

    public StartsCommand()
        : base("starts", "Has a director start, locate and stop agents in network namespaces, and hears when they do.")
    {
        foreach (Option option in (Option[])[_hosts, _starts, _period, _json, _report])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        List<StartsReport> reports = [];
        foreach (int period in parsed.GetValue(_period)!)
        {
            reports.Add(await new StartsRun(parsed.GetValue(_hosts), parsed.GetValue(_starts), period).RunAsync());
        }

        string page = StartsPage.Write(reports);
        if (parsed.GetValue(_report) is { } file)
        {
            await File.WriteAllTextAsync(file, page, cancellation);
        }

        Console.WriteLine(parsed.GetValue(_json) ? JsonSerializer.Serialize([.. reports], JsonShapes.Default.StartsReportArray) : page);
        return reports.TrueForAll(report => report.Holds) ? 0 : 1;
    }
}
