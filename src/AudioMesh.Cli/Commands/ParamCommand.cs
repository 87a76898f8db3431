// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh param</c>: parameters that all hosts of a mesh share.</summary>
internal sealed class ParamCommand : Command
{
    public ParamCommand()
        : base("param", "Shows and sets the parameters that all hosts of a mesh share.")
    {
        Add(new ParamListCommand());
        Add(new ParamSetCommand());
    }
}
