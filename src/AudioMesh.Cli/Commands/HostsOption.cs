// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace AudioMesh.Cli.Commands;

/// <summary>Which hosts of a mesh are meant.</summary>
internal static class HostsOption
{
    public static Option<string[]> Create() => new("--hosts")
    {
        Description = "Which hosts; all that have an agent when not given.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
