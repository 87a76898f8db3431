// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;
using AudioMesh.Network.Transport;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh director play|stop|locate</c>: one order, to its outcome.</summary>
internal sealed class DirectCommand : Command
{
    private readonly TransportAction _action;
    private readonly Option<string[]> _hosts = HostsOption.Create();
    private readonly Option<double?> _frame = OptionOf.Number("--frame", "The frame; playing goes on where the mesh stopped when not given.", "FRAME", 0, uint.MaxValue);
    private readonly Option<double?> _at = OptionOf.Number("--at", "When, in seconds since 1970 by this host's clock; as soon as can be when not given.", "SECONDS", 0, 8e9);
    private readonly Option<double?> _lead = OptionOf.Number("--lead", "How long from now on, where no time is given; 1000 when not given.", "MS", 0, 600_000);
    private readonly Option<double?> _bound = OptionOf.Number("--max-bound", "How far a host's clock may be off; 1000 when not given.", "US", 0, 1e9);
    private readonly Option<int> _quorum = OptionOf.Whole("--quorum", "How many hosts have to be ready; all when not given.", "N", 1, 1024);
    private readonly Option<double?> _preRoll = OptionOf.Number("--pre-roll", "How much earlier to begin, so that the frame is heard at the time all the same.", "SECONDS", 0, 600);
    private readonly Option<int> _countIn = OptionOf.Whole("--count-in", "Beats clicked before.", "BEATS", 0, 256);
    private readonly MeshOptionSet _mesh;

    public DirectCommand(string name, string description, TransportAction action)
        : base(name, description)
    {
        _action = action;
        Add(_hosts);
        foreach (Option option in (Option[])[_frame, _at, _lead, _bound, _quorum])
        {
            Add(option);
        }

        if (action == TransportAction.LocateStart)
        {
            Add(_preRoll);
            Add(_countIn);
        }

        _mesh = new MeshOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using DirectorSeat seat = new(_mesh.Read(parsed));
        string[] hosts = parsed.GetValue(_hosts)!;
        bool starts = _action == TransportAction.LocateStart;
        DirectorPlan plan = new()
        {
            Action = _action,
            Hosts = hosts,
            Frame = parsed.GetValue(_frame) is { } frame ? (long)frame : null,
            LeadMs = (int)(parsed.GetValue(_lead) ?? 1000),
            MaxBoundUs = parsed.GetValue(_bound) ?? 1000,
            Quorum = parsed.GetValue(_quorum),
            PreRollSeconds = starts ? parsed.GetValue(_preRoll) ?? 0 : 0,
            CountInBeats = starts ? parsed.GetValue(_countIn) : 0,
        };
        _ = seat.Director.Begin(plan); // throws now for what would throw later
        await seat.SettleAsync(hosts, interruption.Signalled);
        plan = parsed.GetValue(_at) is { } at ? plan with { At = seat.FromUtc(at) } : plan;
        using CancellationTokenSource abort = new();
        Task<DirectorRun> carrying = seat.Director.RunAsync(plan, abort.Token);
        await Task.WhenAny(carrying, interruption.Signalled);
        await abort.CancelAsync();
        DirectorRun run = await carrying;
        Report(run, parsed.GetValue(CommonOptions.Json));
        return interruption.Signalled.IsCompleted ? ExitCode.Of(await interruption.Signalled) : run.Phase == DirectorPhase.Done ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Report(DirectorRun run, bool asJson)
    {
        if (asJson)
        {
            TransportJson.Write(run);
            return;
        }

        Console.WriteLine(run.Phase switch
        {
            DirectorPhase.Done => "Done.",
            DirectorPhase.Aborted => "Aborted.",
            _ when run.Hosts.Count == 0 => "No agent is there.",
            _ => "Refused: nobody has moved.",
        });
        Screen.WriteTable(["HOST", "WHAT"], run.Hosts.Select(host => (IReadOnlyList<string>)[Markup.Escape(host.Host), Markup.Escape(TransportTexts.Of(host))]));
    }
}
