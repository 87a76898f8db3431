// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Drift;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Commands;

/// <summary><c>drift</c>: how constant the latency is between processes whose devices' clocks differ.</summary>
internal sealed class DriftCommand : Command
{
    private const double AllowedFrames = 1;

    private readonly Option<double> _ppm = new("--ppm") { Description = "How much faster the sender's device runs.", DefaultValueFactory = _ => 100 };
    private readonly Option<double> _minutes = new("--minutes") { Description = "How long.", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, with the latency of each second." };

    public DriftCommand()
        : base("drift", "Measures how constant the latency of a stream is between two processes whose devices' clocks differ.")
    {
        foreach (Option option in (Option[])[_ppm, _minutes, _json])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        DriftReport report = new DriftRun(parsed.GetValue(_ppm), parsed.GetValue(_minutes)).Run();
        Console.WriteLine(parsed.GetValue(_json) ? JsonSerializer.Serialize(report, JsonShapes.Default.DriftReport) : Text(report));
        return report.LockedAfterSeconds is not null && report.CalmErrorFrames < AllowedFrames ? 0 : 1;
    }

    private static string Text(DriftReport report) => report.LockedAfterSeconds is not { } locked
        ? $"{report.Ppm} ppm: never locked for good; {report.Stalls} stalls of a CPU."
        : FormattableString.Invariant(
            $"{report.Ppm} ppm: locked after {locked:0} s; in {report.Seconds} s from then on the latency was within {report.ErrorFrames:0.00} frames of its median, in the {report.CalmSeconds} s without a stall or a missing frame within {report.CalmErrorFrames:0.00}. ")
            + FormattableString.Invariant(
            $"The receiver found {report.FoundPpm:0.00} ppm and an error of {report.LargestOwnError:0.00} frames at most; {report.MissingFrames} frames were missing, it began anew {report.Resyncs} times; {report.Stalls} stalls of a CPU.");
}
