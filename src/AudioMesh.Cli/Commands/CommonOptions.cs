// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace AudioMesh.Cli.Commands;

/// <summary>Options that mean the same everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write JSON, one object a line.",
        Recursive = true,
    };

    public static Option<string> Host() => OptionOf.Choice(
        "--host", "Where the engine lives: isolated in libaudiomesh, or managed in this process.", "auto", "isolated", "managed");

    public static EngineHosting HostingOf(string host) => host switch
    {
        "isolated" => EngineHosting.Isolated,
        "managed" => EngineHosting.Managed,
        _ => EngineHosting.Auto,
    };
}
