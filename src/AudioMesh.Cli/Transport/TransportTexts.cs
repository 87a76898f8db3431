// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Network.Transport;
using Spectre.Console;

namespace AudioMesh.Cli.Transport;

/// <summary>Transports in words, and in rows.</summary>
internal static class TransportTexts
{
    private const string ErrorFormat = "+0.00;-0.00;0.00";

    public static IReadOnlyList<string> Headings { get; } = ["HOST", "TRANSPORT", "STATE", "FRAME", "ERROR fr", "DRIFT ppm", "BOUND us", "READY", "ARMED", "XRUNS"];

    public static IReadOnlyList<string> Row(HostStatus status) =>
    [
        Markup.Escape(status.Host),
        $"{Markup.Escape(status.Driver)} {status.Rate}/{status.PeriodFrames}",
        status.State == Backends.TransportState.Rolling ? "[green]rolling[/]" : Word(status.State),
        status.Frame.ToString(CultureInfo.InvariantCulture),
        status.HasStrayed ? $"[red]{Number(status.ErrorFrames, ErrorFormat)}[/]" : Number(status.ErrorFrames, ErrorFormat),
        Number(status.DriftPpm, "+0.0;-0.0;0.0"),
        Number(status.BoundNs * 1e-3, "0.0"),
        status.NotReady.Length == 0 ? "[green]yes[/]" : $"[red]{Markup.Escape(status.NotReady)}[/]",
        status.IsArmed ? "[red]armed[/]" : "",
        status.Xruns.ToString(CultureInfo.InvariantCulture),
    ];

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static string Of(in TransportOutcome outcome) => FormattableString.Invariant(
        $"{Word(outcome.Action)} {Word(outcome.Result)}: frame {outcome.AchievedFrame}, error {outcome.ErrorFrames:+0.00;-0.00;0.00} frames, bound {outcome.BoundNs * 1e-3:F1} us")
        + (outcome.MissedFrames > 0 ? FormattableString.Invariant($", {outcome.MissedFrames} frames left out") : "")
        + (outcome.Corrections > 0 ? FormattableString.Invariant($", corrected {outcome.Corrections} times") : "");

    public static string Of(DirectorHostState host) => host.Outcome is { } outcome ? Of(outcome)
        : host.Refusal.IsNone ? host.IsReady ? "ready" : "not asked"
        : $"{host.Refusal.Code}: {host.Refusal.Reason}";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
