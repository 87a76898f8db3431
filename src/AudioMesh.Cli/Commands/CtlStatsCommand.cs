// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Cli.Ctl;
using AudioMesh.Cli.Reports;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh ctl stats</c>: a daemon's figures.</summary>
internal sealed class CtlStatsCommand : Command
{
    private readonly Option<string?> _socket;

    public CtlStatsCommand(Option<string?> socket)
        : base("stats", "Shows the daemon's figures: docs/control-protocol.md says what each is.")
    {
        _socket = socket;
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using DaemonLine daemon = SocketOption.Open(parsed, _socket);
        string reply = await daemon.AskAsync("""{"cmd":"stats"}""");
        if (parsed.GetValue(CommonOptions.Json))
        {
            Console.WriteLine(reply);
            return ExitCode.Done;
        }

        using JsonDocument document = JsonDocument.Parse(reply);
        Screen.WriteTable(["FIGURE", "VALUE"], document.RootElement.EnumerateObject().Where(figure => figure.Name != "ok").Select(figure => (string[])
        [
            figure.Name,
            Markup.Escape(figure.Value.ValueKind == JsonValueKind.Object
                ? string.Join("  ", figure.Value.EnumerateObject().Select(part => $"{part.Name} {part.Value}"))
                : figure.Value.ValueKind == JsonValueKind.String ? figure.Value.GetString()! : figure.Value.GetRawText()),
        ]));
        return ExitCode.Done;
    }
}
