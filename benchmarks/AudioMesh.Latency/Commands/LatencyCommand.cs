// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Impulse;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Commands;

/// <summary><c>latency</c>: frames from an app's write to a JACK port.</summary>
internal sealed class LatencyCommand : Command
{
    private readonly Option<int> _period = new("--period") { Description = "Frames per device callback.", DefaultValueFactory = _ => 64 };
    private readonly Option<int> _depth = new("--depth-frames") { Description = "Frames the app keeps ready.", DefaultValueFactory = _ => 256 };
    private readonly Option<int> _impulses = new("--impulses") { Description = "How many to measure.", DefaultValueFactory = _ => 100 };
    private readonly Option<EngineHosting> _host = new("--host") { Description = "isolated or managed.", DefaultValueFactory = _ => EngineHosting.Isolated };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    public LatencyCommand()
        : base("latency", "Measures with impulses how long a sample takes from an app's write to a JACK port.")
    {
        foreach (Option option in (Option[])[_period, _depth, _impulses, _host, _json])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using DummyJack jack = new(parsed.GetValue(_period));
        ImpulseRun run = new(parsed.GetValue(_host), jack.Name, parsed.GetValue(_depth), parsed.GetValue(_impulses));
        LatencyReport report = await run.RunAsync();
        Console.WriteLine(parsed.GetValue(_json)
            ? JsonSerializer.Serialize(report, JsonShapes.Default.LatencyReport)
            : $"{report.Impulses} impulses: {report.MeasuredFrames.Min} / {report.MeasuredFrames.Median} / {report.MeasuredFrames.Max} frames (min / median / max); "
                + $"counted {report.CountedToPort}: {string.Join(" + ", report.Counted.Select(hop => $"{hop.Key} {hop.Value}"))}");
        return 0;
    }
}
