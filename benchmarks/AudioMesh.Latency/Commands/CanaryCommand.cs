// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Latency.Canary;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Commands;

/// <summary><c>canary</c>: one realtime thread per CPU until the standard input ends; then what they saw, as JSON.</summary>
internal sealed class CanaryCommand : Command
{
    public CanaryCommand()
        : base("canary", "Watches until its input ends how late realtime threads run on this machine.") => SetAction(_ => Run());

    private static int Run()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, "Canaries are pinned to CPUs, which only Linux can.");
        }

        CanaryThread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(cpu => new CanaryThread(cpu))];
        bool isRealtime = threads.All(thread => thread.IsRealtime);
        Console.WriteLine("watching");
        Console.In.ReadToEnd();
        CanaryReport report = new(isRealtime, threads.Length, [.. threads.SelectMany(thread => thread.Stop())]);
        Console.WriteLine(JsonSerializer.Serialize(report, JsonShapes.Default.CanaryReport));
        return 0;
    }
}
