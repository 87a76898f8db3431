// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Cli.Ctl;
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh ctl graph</c>: what plays into what.</summary>
internal sealed class CtlGraphCommand : Command
{
    private readonly Option<bool> _dot = new("--dot") { Description = "In the DOT language, for Graphviz." };
    private readonly Option<string?> _socket;

    public CtlGraphCommand(Option<string?> socket)
        : base("graph", "Shows the daemon's graph as a tree, from where sound ends back to where it begins.")
    {
        _socket = socket;
        Add(_dot);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using DaemonLine daemon = SocketOption.Open(parsed, _socket);
        string reply = await daemon.AskAsync("""{"cmd":"list"}""");
        if (parsed.GetValue(CommonOptions.Json))
        {
            Console.WriteLine(reply);
            return ExitCode.Done;
        }

        using JsonDocument document = JsonDocument.Parse(reply);
        GraphLook graph = new(document.RootElement);
        if (parsed.GetValue(_dot))
        {
            Console.Write(GraphPicture.DotOf(graph));
        }
        else
        {
            Screen.Open().Write(GraphPicture.TreeOf(graph));
        }

        return ExitCode.Done;
    }
}
