// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Eval;
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Output;
using AudioMesh.Cli.Eval.Report;
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh eval pnbtr</c>: how well gaps in recordings are concealed, with other methods beside it.</summary>
internal sealed class EvalPnbtrCommand : Command
{
    private const int UsualPacketFrames = 128;
    private const int UsualGaps = 24;

    private readonly Option<string> _corpus = new("--corpus")
    {
        Description = "The folder of the recordings: every WAV file in it, of any rate, its channels mixed into one.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> _preset = OptionOf.Choice("--preset", "Which packets streams lose.", [.. LossPresets.Names]);
    private readonly Option<double?> _loss = OptionOf.Number("--loss", "Instead of a preset: streams lose this many packets.", "PERCENT", 0.01, 50);
    private readonly Option<double?> _burst = OptionOf.Number("--burst", "With --loss: so many at a time, on average; 1 when not given.", "PACKETS", 1, 1000);
    private readonly Option<int> _packet = OptionOf.Whole(
        "--packet", "Frames in a packet, of single gaps and with --loss; 128 when not given. Presets have their own.", "FRAMES", 16, 1024);
    private readonly Option<int> _gaps = OptionOf.Whole("--gaps", "Single gaps to try in each recording; 24 when not given.", "N", 0, 100_000);
    private readonly Option<int> _seed = OptionOf.Whole("--seed", "Another number, other gaps and losses.", "N", 0, int.MaxValue);
    private readonly Option<string?> _methods = new("--methods")
    {
        Description = $"Only these: {string.Join(",", ConcealMethods.All.Select(method => method.Name))}.",
        HelpName = "NAME,...",
    };

    private readonly Option<string?> _render = new("--render")
    {
        Description = "Write each stream as WAV files into this folder: the reference, with the losses, and as each method conceals them.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Write a page for a browser: tables, charts, and gaps to look at and to listen to.",
        HelpName = "FILE.html",
    };

    public EvalPnbtrCommand()
        : base("pnbtr", "Judges how well gaps in recordings are concealed by prediction, with other methods beside it.")
    {
        _methods.CompletionSources.Add([.. ConcealMethods.All.Select(method => method.Name)]);
        foreach (Option option in (Option[])[_corpus, _preset, _packet, _loss, _burst, _seed, _gaps, _methods, _report, _render])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using CancellationTokenSource cancellation = new();
        EvalPlan plan = PlanOf(parsed);
        bool asJson = parsed.GetValue(CommonOptions.Json);
        using ReportFile? report = parsed.GetValue(_report) is { } path ? new ReportFile(path) : null;
        Task<EvalResult> run = EvalProgress.RunAsync(new Evaluation(plan, Corpus.Load(plan.Corpus)), asJson, cancellation.Token);
        if (await Task.WhenAny(run, interruption.Signalled) != run)
        {
            await cancellation.CancelAsync();
            await run.ContinueWith(_ => { }, TaskScheduler.Default);
            return ExitCode.Of(await interruption.Signalled);
        }

        EvalResult result = await run;
        report?.Write(EvalPage.Write(result));
        if (asJson)
        {
            EvalJson.Write(result);
        }
        else
        {
            EvalTables.Write(result);
        }

        return ExitCode.Done;
    }

    // Throws InvalidArgument when the options contradict each other.
    private EvalPlan PlanOf(ParseResult parsed)
    {
        int packetFrames = parsed.GetResult(_packet) is null ? UsualPacketFrames : parsed.GetValue(_packet);
        EvalPlan plan = new()
        {
            Corpus = parsed.GetValue(_corpus)!,
            Methods = ConcealMethods.Choose(parsed.GetValue(_methods)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []),
            Scenarios = ScenariosOf(parsed, packetFrames),
            Gaps = parsed.GetResult(_gaps) is null ? UsualGaps : parsed.GetValue(_gaps),
            PacketFrames = packetFrames,
            Seed = (ulong)parsed.GetValue(_seed),
            RenderFolder = parsed.GetValue(_render),
        };
        return plan.Scenarios.Count > 0 || plan.RenderFolder is null
            ? plan
            : throw Contradiction("--render writes streams: it does not go with --preset none.");
    }

    private IReadOnlyList<LossScenario> ScenariosOf(ParseResult parsed, int packetFrames)
    {
        if (parsed.GetValue(_loss) is not { } percent)
        {
            return parsed.GetValue(_burst) is null
                ? LossPresets.Find(parsed.GetValue(_preset)!)
                : throw Contradiction("--burst says how --loss comes: give both.");
        }

        return parsed.GetResult(_preset) is { Implicit: false }
            ? throw Contradiction("--loss is instead of a preset: give one of the two.")
            : [LossPresets.Gilbert($"loss/{packetFrames}", packetFrames, percent / 100, parsed.GetValue(_burst) ?? 1)];
    }

    private static AudioMeshException Contradiction(string message) => new(AudioErrorKind.InvalidArgument, message);
}
