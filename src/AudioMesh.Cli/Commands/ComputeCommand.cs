// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Cli.Compute;
using AudioMesh.Cli.Reports;
using AudioMesh.Compute;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh compute</c>: the devices that run kernels, how good their clocks are and what each kernel costs on them.</summary>
internal sealed class ComputeCommand : Command
{
    private readonly Option<string> _device = new("--device")
    {
        Description = "Only this one: cpu, vulkan or metal, one of these with an id as listed, or a part of a name.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "",
    };

    public ComputeCommand()
        : base("compute", "Lists the devices that run kernels, measures their clocks and what each kernel costs on them.")
    {
        Add(_device);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        DeviceReport[] reports = [.. DeviceTrials.Choose(parsed.GetValue(_device)!).Select(DeviceTrials.Measure)];
        (string Api, string Reason)[] missing = [.. Enum.GetValues<ComputeApi>()
            .Select(api => (api.ToString().ToLowerInvariant(), ComputeDevices.WhyNone(api) ?? ""))
            .Where(api => api.Item2.Length > 0)];
        if (parsed.GetValue(CommonOptions.Json))
        {
            WriteJson(reports, missing);
        }
        else
        {
            Write(reports, missing);
        }

        return reports.All(report => report.Failure is null) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Write(DeviceReport[] reports, (string Api, string Reason)[] missing)
    {
        IEnumerable<string[]> devices = reports.Select(report => (string[])
        [
            Markup.Escape(report.Info.Key),
            Markup.Escape(report.Info.Name),
            report.Info.Kind.ToString().ToLowerInvariant(),
            report.Failure is null ? Markup.Escape(ClockText(report.Clock)) : $"[red]{Markup.Escape(report.Failure.Message)}[/]",
        ]);
        IEnumerable<string[]> absent = missing.Select(api => (string[])[api.Api, "-", "", $"[yellow]not available: {Markup.Escape(api.Reason)}[/]"]);
        Screen.WriteTable(["DEVICE", "NAME", "KIND", "CLOCK"], devices.Concat(absent));
        Console.WriteLine();
        Screen.WriteTable(["DEVICE", "KERNEL", "WORK", "MEDIAN", "P99"], reports.SelectMany(report => report.Costs.Select(cost => (string[])
        [
            Markup.Escape(report.Info.Key),
            cost.Kernel,
            cost.Work,
            $"{cost.MedianUs:0.0} us",
            $"{cost.P99Us:0.0} us",
        ])));
    }

    private static string ClockText(ClockReport? clock) => clock is null
        ? "none"
        : $"offset {clock.OffsetNs / 1e6:0.000} ms, {clock.Ppm:+0.0;-0.0;0.0} ppm, error {clock.ErrorNs:0} ns, jitter {clock.JitterNs:0} ns";

    private static void WriteJson(DeviceReport[] reports, (string Api, string Reason)[] missing) => JsonLine.Write(json =>
    {
        json.WriteBoolean("ok", reports.All(report => report.Failure is null));
        json.WriteStartArray("devices");
        foreach (DeviceReport report in reports)
        {
            WriteDevice(json, report);
        }

        json.WriteEndArray();
        json.WriteStartArray("missing");
        foreach ((string api, string reason) in missing)
        {
            json.WriteStartObject();
            json.WriteString("api", api);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteDevice(Utf8JsonWriter json, DeviceReport report)
    {
        json.WriteStartObject();
        json.WriteString("device", report.Info.Key);
        json.WriteString("name", report.Info.Name);
        json.WriteString("kind", report.Info.Kind.ToString().ToLowerInvariant());
        json.WriteString("driver", report.Info.Driver);
        if (report.Clock is { } clock)
        {
            json.WriteStartObject("clock");
            json.WriteNumber("offset_ns", clock.OffsetNs);
            json.WriteNumber("ppm", clock.Ppm);
            json.WriteNumber("error_ns", clock.ErrorNs);
            json.WriteNumber("jitter_ns", clock.JitterNs);
            json.WriteEndObject();
        }

        json.WriteStartArray("kernels");
        foreach (KernelCost cost in report.Costs)
        {
            json.WriteStartObject();
            json.WriteString("kernel", cost.Kernel);
            json.WriteString("work", cost.Work);
            json.WriteNumber("runs", cost.Runs);
            json.WriteNumber("median_us", cost.MedianUs);
            json.WriteNumber("p99_us", cost.P99Us);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (report.Failure is { } failure)
        {
            JsonLine.WriteError(json, failure.Kind.ToCode(), failure.Message, failure.Field, failure.Allowed);
        }

        json.WriteEndObject();
    }
}
