// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Meshes;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Session;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh time</c>: how the clocks of a session stand.</summary>
internal sealed class TimeCommand : Command
{
    private const int RefreshMs = 250;
    private const double OnceSeconds = 3;

    private readonly Option<double?> _seconds = OptionOf.Number(
        "--seconds", "How long to measure; on a terminal until Ctrl-C when not given, else 3.", "SECONDS", 0.1, 1e7);
    private readonly SessionOptionSet _session;

    public TimeCommand()
        : base("time", "Joins a session and shows mesh time and every peer's clock: offset, rate, bound and path.")
    {
        _session = new SessionOptionSet(this);
        Add(_seconds);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        ToastHostOptions options = _session.Read(parsed).Read();
        using ToastHost host = new(options);
        bool asJson = parsed.GetValue(CommonOptions.Json);
        bool isLive = Screen.IsTerminal && !asJson;
        double? seconds = parsed.GetValue(_seconds) ?? (isLive ? null : OnceSeconds);
        Task end = seconds is { } limit ? Task.Delay(TimeSpan.FromSeconds(limit)) : interruption.Signalled;
        if (isLive)
        {
            IAnsiConsole console = Screen.Open();
            console.MarkupLineInterpolated($"{MeshTexts.Of(host)}");
            await console.Live(Text.Empty).StartAsync(async context =>
            {
                while (!end.IsCompleted && !interruption.Signalled.IsCompleted)
                {
                    context.UpdateTarget(MeshTable.Of(MeshLook.At(host)));
                    await Task.WhenAny(end, interruption.Signalled, Task.Delay(RefreshMs));
                }
            });
        }
        else
        {
            await Task.WhenAny(end, interruption.Signalled);
            MeshLook look = MeshLook.At(host);
            if (asJson)
            {
                MeshJson.Write(look);
            }
            else
            {
                Console.WriteLine(MeshTexts.Of(host));
                Console.WriteLine(MeshTexts.Of(look));
                Screen.WriteTable(MeshTable.Headings, MeshTable.Rows(look));
            }
        }

        bool hasOwnEnd = parsed.GetValue(_seconds) is not null;
        return interruption.Signalled.IsCompleted && hasOwnEnd ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }
}
