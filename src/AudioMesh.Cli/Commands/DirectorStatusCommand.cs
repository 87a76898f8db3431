// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;
using AudioMesh.Network.Transport;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh director status</c>: how the transports of a mesh stand, live on a terminal.</summary>
internal sealed class DirectorStatusCommand : Command
{
    private const int RefreshMs = 100;

    private readonly Option<double?> _seconds = OptionOf.Number(
        "--seconds", "How long to look; on a terminal until Ctrl-C when not given, else once.", "SECONDS", 0, 1e7);
    private readonly MeshOptionSet _mesh;

    public DirectorStatusCommand()
        : base("status", "Shows every host's transport: position, error, drift, bound, whether it is ready, xruns.")
    {
        _mesh = new MeshOptionSet(this);
        Add(_seconds);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using DirectorSeat seat = new(_mesh.Read(parsed));
        bool asJson = parsed.GetValue(CommonOptions.Json);
        bool isLive = Screen.IsTerminal && !asJson;
        double? seconds = parsed.GetValue(_seconds) ?? (isLive ? null : 0);
        await seat.SettleAsync([], interruption.Signalled);
        Task end = seconds is { } limit ? Task.Delay(TimeSpan.FromSeconds(limit)) : interruption.Signalled;
        if (isLive)
        {
            await Screen.Open().Live(Text.Empty).StartAsync(async context =>
            {
                while (!end.IsCompleted && !interruption.Signalled.IsCompleted)
                {
                    context.UpdateTarget(TableOf(seat.Director.Hosts));
                    await Task.WhenAny(end, interruption.Signalled, Task.Delay(RefreshMs));
                }
            });
            return ExitCode.Done;
        }

        do
        {
            Show(seat.Director.Hosts, asJson);
            await Task.WhenAny(end, interruption.Signalled, Task.Delay(10 * RefreshMs));
        }
        while (!end.IsCompleted && !interruption.Signalled.IsCompleted);

        return ExitCode.Done;
    }

    private static void Show(IReadOnlyList<HostStatus> hosts, bool asJson)
    {
        if (asJson)
        {
            TransportJson.Write(hosts);
        }
        else if (hosts.Count == 0)
        {
            Console.WriteLine("No agent is there.");
        }
        else
        {
            Screen.WriteTable(TransportTexts.Headings, hosts.Select(TransportTexts.Row));
        }
    }

    private static IRenderable TableOf(IReadOnlyList<HostStatus> hosts)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string heading in TransportTexts.Headings)
        {
            table.AddColumn(new TableColumn($"[bold]{heading}[/]").PadLeft(0).PadRight(2));
        }

        foreach (HostStatus host in hosts)
        {
            table.AddRow([.. TransportTexts.Row(host)]);
        }

        return hosts.Count > 0 ? table : new Text("No agent is there yet.");
    }
}
