// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Ctl;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Engine;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh ctl watch</c>: what a daemon reports.</summary>
internal sealed class CtlWatchCommand : Command
{
    private const int RefreshMs = 100;

    private readonly Argument<string[]> _families = new("EVENTS")
    {
        Description = "Families of events: state, xrun, stats, ...; all when not given.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly Option<string?> _socket;

    public CtlWatchCommand(Option<string?> socket)
        : base("watch", "Shows the daemon's events: on a terminal a table that is kept up to date, else a line for each.")
    {
        _socket = socket;
        Add(_families);
        Add(_seconds);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using DaemonLine daemon = SocketOption.Open(parsed, _socket);
        string[] families = parsed.GetValue(_families) is { Length: > 0 } given ? given : [.. Enum.GetNames<EngineEventKind>().Select(name => name.ToLowerInvariant())];
        await daemon.AskAsync($$"""{"cmd":"subscribe","events":[{{string.Join(',', families.Select(family => $"\"{System.Text.Json.JsonEncodedText.Encode(family)}\""))}}]}""");
        using CancellationTokenSource end = new();
        if (parsed.GetValue(_seconds) is { } seconds)
        {
            end.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        _ = interruption.Signalled.ContinueWith(_ => end.Cancel(), TaskScheduler.Default);
        bool asJson = parsed.GetValue(CommonOptions.Json);
        bool goesOn = Screen.IsTerminal && !asJson ? await DrawAsync(daemon, end.Token) : await WriteAsync(daemon, asJson, end.Token);
        return !goesOn ? throw new AudioMeshException(AudioErrorKind.DeviceLost, "The daemon has ended.")
            : interruption.Signalled.IsCompleted && parsed.GetValue(_seconds) is not null ? ExitCode.Of(await interruption.Signalled)
            : ExitCode.Done;
    }

    private static async Task<bool> WriteAsync(DaemonLine daemon, bool asJson, CancellationToken end)
    {
        try
        {
            while (await daemon.NextEventAsync(end) is { } line)
            {
                Console.WriteLine(asJson ? line : new EventLook(line).Sentence);
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static Task<bool> DrawAsync(DaemonLine daemon, CancellationToken end) => Screen.Open().Live(Text.Empty).StartAsync(async context =>
    {
        WatchView view = new();
        try
        {
            Task<string?> next = daemon.NextEventAsync(end);
            while (true)
            {
                await Task.WhenAny(next, Task.Delay(RefreshMs, end));
                while (next.IsCompleted)
                {
                    if (await next is not { } line)
                    {
                        return false;
                    }

                    view.Add(new EventLook(line));
                    next = daemon.NextEventAsync(end);
                }

                context.UpdateTarget(view.Draw());
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    });
}
