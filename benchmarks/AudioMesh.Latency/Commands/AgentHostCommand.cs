// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Latency.Starts;

namespace AudioMesh.Latency.Commands;

/// <summary><c>starts-host</c>: one agent with a clock of its own until the standard input ends; what <c>starts</c> runs.</summary>
internal sealed class AgentHostCommand : Command
{
    private readonly Argument<string[]> _words = new("place");

    public AgentHostCommand()
        : base("starts-host", "One agent of 'starts'.")
    {
        Hidden = true;
        Add(_words);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        using AgentHost host = new(AgentPlace.Read(parsed.GetValue(_words)!));
        host.Run();
        return 0;
    }
}
