// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Impair;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh impair</c>: a bad network in front of any UDP program.</summary>
internal sealed class ImpairCommand : Command
{
    private readonly Option<string> _listen = EndPointOption.Create("--listen", "Where clients send to; port 0 for any that is free.", "ADDRESS:PORT");
    private readonly Option<string> _to = EndPointOption.Create("--to", "The program it stands in front of.", "HOST:PORT");
    private readonly Option<int> _seed = OptionOf.Whole("--seed", "Another number, other losses; 1 when not given.", "N", 1, int.MaxValue);
    private readonly Option<int> _clients = OptionOf.Whole("--max-clients", "Clients at once; 64 when not given.", "N", 1, 1024);
    private readonly Option<double?> _timeout = OptionOf.Number("--client-timeout", "A client that is silent for so long is forgotten; 60 when not given.", "SECONDS", 1, 86_400);
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly ImpairOptionSet _impairments;

    public ImpairCommand()
        : base("impair", "Passes UDP on as a bad network would: loses, delays, reorders, doubles and corrupts packets as a seed says.")
    {
        Add(_listen);
        Add(_to);
        _impairments = new ImpairOptionSet(this);
        foreach (Option option in (Option[])[_seed, _clients, _timeout, _seconds])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        (ImpairmentOptions there, ImpairmentOptions back) = _impairments.Read(parsed);
        double? seconds = parsed.GetValue(_seconds);
        using Interruption interruption = new();
        IImpairReport report = ImpairReport.Create(parsed.GetValue(CommonOptions.Json));
        UdpRelayOptions options = new()
        {
            Listen = EndPointOption.Resolve("--listen", parsed.GetValue(_listen)!, leastPort: 0),
            Target = EndPointOption.Resolve("--to", parsed.GetValue(_to)!, leastPort: 1),
            There = there,
            Back = back,
            Seed = (ulong)Math.Max(1, parsed.GetValue(_seed)),
            MaxClients = parsed.GetValue(_clients) is > 0 and int clients ? clients : 64,
            ClientTimeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout) ?? 60),
        };
        using UdpRelay relay = UdpRelay.Start(options);
        report.Begin(relay, options);
        bool isInterrupted = false;
        await report.AroundAsync(async () => isInterrupted = await FollowAsync(relay, report, interruption, seconds));
        relay.Dispose();
        report.End(relay.Statistics, isInterrupted);
        return isInterrupted && seconds is not null ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    private static async Task<bool> FollowAsync(UdpRelay relay, IImpairReport report, Interruption interruption, double? seconds)
    {
        long begin = Environment.TickCount64;
        Task end = seconds is { } limit ? Task.Delay(TimeSpan.FromSeconds(limit)) : Task.Delay(Timeout.Infinite);
        while (true)
        {
            await Task.WhenAny(end, interruption.Signalled, Task.Delay(report.Interval));
            if (end.IsCompleted || interruption.Signalled.IsCompleted)
            {
                return interruption.Signalled.IsCompleted;
            }

            report.Progress((Environment.TickCount64 - begin) / 1e3, relay.Statistics);
        }
    }
}
