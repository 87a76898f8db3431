// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Runtime.InteropServices;
using AudioMesh.Cli.Doctor;
using AudioMesh.Cli.Reports;
using AudioMesh.Control;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh version</c>: the tool's version, its engine's, and what they run on.</summary>
internal sealed class VersionCommand : Command
{
    public VersionCommand()
        : base("version", "Tells the versions of the tool, its engine and what they run on.") => SetAction(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync();
        string engineVersion = await engine.GetVersionAsync();
        bool isIsolated = engine.Hosting == EngineHosting.Isolated;
        string where = isIsolated ? "isolated" : "managed";
        string? library = isIsolated ? LoadedLibrary.Find("libaudiomesh") : null;
        string runtime = RuntimeInformation.FrameworkDescription;
        string system = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("version", ProductVersion.Text);
                json.WriteString("engine_version", engineVersion);
                json.WriteString("engine", where);
                json.WriteString("library", library);
                json.WriteString("runtime", runtime);
                json.WriteString("system", system);
            });
            return ExitCode.Done;
        }

        Console.WriteLine($"audiomesh {ProductVersion.Text}");
        Console.WriteLine($"engine    {engineVersion}, {where}{(library is null ? "" : $" in {library}")}");
        Console.WriteLine($"runtime   {runtime}");
        Console.WriteLine($"system    {system}");
        return ExitCode.Done;
    }
}
