// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Takes;
using AudioMesh.Network.Stems;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh collect</c>: one aligned set of stems of takes that many hosts recorded.</summary>
internal sealed class CollectCommand : Command
{
    private const string FetchedFolder = "takes";

    private readonly Argument<string[]> _places = new("TAKE")
    {
        Description = "Takes (.take.json, or the .wav beside it) and folders of them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _out = new("--out") { Description = "The folder to make stems and projects in.", HelpName = "FOLDER", Required = true };
    private readonly Option<int> _rate = OptionOf.Whole("--rate", "Frames per second of the stems; the highest of the takes when not given.", "HZ", 1000, 768_000);
    private readonly Option<string> _format = OptionOf.Choice("--format", "Sample format of the stems.", "f32", "s16", "s24", "s32");
    private readonly FetchOptionSet _fetch;

    public CollectCommand()
        : base("collect", "Brings takes of many hosts together: warps away their drift and writes aligned stems and projects for Ardour and Reaper.")
    {
        OptionOf.RejectIn(_places);
        Add(_places);
        foreach (Option option in (Option[])[_out, _rate, _format])
        {
            Add(option);
        }

        _fetch = new FetchOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        bool asJson = parsed.GetValue(CommonOptions.Json);
        using Interruption interruption = new();
        using CancellationTokenSource end = new();
        CollectOptions options = new()
        {
            OutputFolder = parsed.GetValue(_out)!,
            Rate = parsed.GetValue(_rate) is > 0 and int rate ? rate : null,
            Format = FileFormats.Of(parsed.GetValue(_format)!),
        };
        _ = interruption.Signalled.ContinueWith(_ => end.Cancel(), TaskScheduler.Default);
        CollectResult result;
        try
        {
            IReadOnlyList<string> places = await PlacesAsync(parsed, options.OutputFolder, end.Token);
            result = await Task.Run(() => StemCollector.Collect(places, options, stem => Tell(stem, asJson), end.Token), end.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Of(await interruption.Signalled);
        }

        if (asJson)
        {
            CollectReport.WriteJson(result);
        }
        else
        {
            CollectReport.Write(result);
        }

        return ExitCode.Done;
    }

    private async Task<IReadOnlyList<string>> PlacesAsync(ParseResult parsed, string folder, CancellationToken cancellation) =>
        _fetch.Read(parsed) is { } session
            ? [.. parsed.GetValue(_places)!, .. await _fetch.FetchAsync(parsed, session, Path.Combine(folder, FetchedFolder), cancellation)]
            : parsed.GetValue(_places)!;

    private static void Tell(CollectedStem stem, bool asJson)
    {
        if (!asJson)
        {
            Console.WriteLine($"{Path.GetFileName(stem.Path)} of {stem.SidecarPath}");
        }
    }
}
