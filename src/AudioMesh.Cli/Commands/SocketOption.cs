// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Ctl;
using AudioMesh.Control;

namespace AudioMesh.Cli.Commands;

/// <summary>Which daemon is meant.</summary>
internal static class SocketOption
{
    public static Option<string?> Create() => new("--socket")
    {
        Description = $"The daemon's socket; where not given, ${ControlSocketPath.Variable}, else {ControlSocketPath.OfMachine}, else audiomixerd.sock in $XDG_RUNTIME_DIR.",
        HelpName = "PATH",
        Recursive = true,
    };

    /// <summary>Throws what <see cref="DaemonLine.Open"/> throws, and InvalidState when there is no place to look in.</summary>
    public static DaemonLine Open(ParseResult parsed, Option<string?> option) => DaemonLine.Open(parsed.GetValue(option) ?? ControlSocketPath.Find());
}
