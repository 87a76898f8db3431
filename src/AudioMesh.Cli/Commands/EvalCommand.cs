// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh eval</c>: what can be judged on recordings.</summary>
internal sealed class EvalCommand : Command
{
    public EvalCommand()
        : base("eval", "Judges on recordings how well something works.") => Add(new EvalPnbtrCommand());
}
