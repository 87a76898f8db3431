// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Takes;
using AudioMesh.Network.Stems;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh takes</c>: the takes that hosts of a session hand over.</summary>
internal sealed class TakesCommand : Command
{
    private static readonly string[] Headings = ["HOST", "TAKE", "NAME", "BEGINS s", "LENGTH s", "SIZE MB", "WHAT"];

    private readonly Option<string[]> _hosts = FetchOptionSet.CreateHosts();
    private readonly SessionOptionSet _session;

    public TakesCommand()
        : base("takes", "Lists the finished takes that hosts of a session hand over.")
    {
        Add(_hosts);
        _session = new SessionOptionSet(this, FetchOptionSet.Name);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using CancellationTokenSource end = new();
        _ = interruption.Signalled.ContinueWith(_ => end.Cancel(), TaskScheduler.Default);
        using TakeSources sources = new(_session.Read(parsed));
        try
        {
            IReadOnlyList<(TakeSource Source, TakeOffer Take)> takes = await new TakeFetching(sources, parsed.GetValue(_hosts)!).ListAsync(end.Token);
            if (parsed.GetValue(CommonOptions.Json))
            {
                WriteJson(takes);
            }
            else
            {
                Screen.WriteTable(Headings, takes.Select(Row));
            }

            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Of(await interruption.Signalled);
        }
    }

    private static string[] Row((TakeSource Source, TakeOffer Take) offer) =>
    [
        Markup.Escape(offer.Source.Host),
        Markup.Escape(offer.Take.Place),
        Markup.Escape(offer.Take.Name),
        FormattableString.Invariant($"{offer.Take.Start.Nanoseconds / 1e9:0.000}"),
        FormattableString.Invariant($"{(double)offer.Take.Frames / offer.Take.Rate:0.000}"),
        FormattableString.Invariant($"{offer.Take.Bytes / 1e6:0.0}"),
        $"{offer.Take.Rate} Hz, {Texts.Count(offer.Take.Channels, "channel")}{(offer.Take.IsCut ? ", [yellow]cut[/]" : "")}",
    ];

    private static void WriteJson(IReadOnlyList<(TakeSource Source, TakeOffer Take)> takes) => JsonLine.Write(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteStartArray("takes");
        foreach ((TakeSource source, TakeOffer take) in takes)
        {
            json.WriteStartObject();
            json.WriteString("host", source.Host);
            json.WriteString("take", take.Place);
            json.WriteString("name", take.Name);
            json.WriteString("mesh", take.MeshId.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteNumber("mesh_ns", take.Start.Nanoseconds);
            json.WriteNumber("frames", take.Frames);
            json.WriteNumber("rate", take.Rate);
            json.WriteNumber("channels", take.Channels);
            json.WriteNumber("bytes", take.Bytes);
            json.WriteBoolean("cut", take.IsCut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
