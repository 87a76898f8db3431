// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Net;
using AudioMesh.Latency.Starts;

namespace AudioMesh.Latency.Commands;

/// <summary><c>starts-director</c>: the director of <c>starts</c>, until the standard input ends.</summary>
internal sealed class DirectorHostCommand : Command
{
    private readonly Argument<string[]> _words = new("place");

    public DirectorHostCommand()
        : base("starts-director", "The director of 'starts'.")
    {
        Hidden = true;
        Add(_words);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        string[] words = parsed.GetValue(_words)!;
        new DirectorHost(IPEndPoint.Parse(words[0]), words[1], words[2].Split(','), [.. words[3].Split(',').Select(IPEndPoint.Parse)]).Run();
        return 0;
    }
}
