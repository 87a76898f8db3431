// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Compute;
using AudioMesh.Latency.Gpu;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Commands;

/// <summary><c>gpu-clock</c>: whether the map of a GPU's clock stays within its bound, and how far it is off in the end.</summary>
internal sealed class GpuClockCommand : Command
{
    private readonly Option<ComputeApi> _api = new("--api") { Description = "cpu, vulkan or metal.", DefaultValueFactory = _ => ComputeApi.Vulkan };
    private readonly Option<double> _minutes = new("--minutes") { Description = "How long.", DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    public GpuClockCommand()
        : base("gpu-clock", "Samples a GPU's clock once a second and holds the map against other readings.")
    {
        foreach (Option option in (Option[])[_api, _minutes, _json])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        using IComputeDevice device = ComputeDevices.OpenBest(parsed.GetValue(_api));
        GpuClockReport report = new GpuClockRun(device, TimeSpan.FromMinutes(parsed.GetValue(_minutes))).Run();
        Console.WriteLine(parsed.GetValue(_json) ? JsonSerializer.Serialize(report, JsonShapes.Default.GpuClockReport) : report.InShort());
        return report.IsGood ? 0 : 1;
    }
}
