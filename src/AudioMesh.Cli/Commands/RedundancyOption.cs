// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;

namespace AudioMesh.Cli.Commands;

/// <summary>What is sent besides, against loss: <c>none</c>, <c>repeat:2</c>, <c>parity:4</c>.</summary>
internal static class RedundancyOption
{
    private const string Name = "--redundancy";
    private const string Allowed = "none, repeat:1..8, parity:2..32";

    public static Option<string> Create() => new(Name)
    {
        Description = "What is sent besides, against loss: the last K packets again, or a packet that replaces any of N.",
        HelpName = "none|repeat:K|parity:N",
        DefaultValueFactory = _ => "none",
    };

    /// <summary>How many packets are repeated, and how many one replaces; 0 for neither. Throws InvalidArgument.</summary>
    public static (int Repeat, int Parity) Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool isNumber = int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int amount);
        return (colon < 0 ? text : text[..colon], isNumber ? amount : 0) switch
        {
            ("none", 0) when colon < 0 => (0, 0),
            ("repeat", >= 1 and <= 8) => (amount, 0),
            ("parity", >= 2 and <= 32) => (0, amount),
            _ => throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{Name} '{text}' is not known: {Allowed}.") { Allowed = Allowed },
        };
    }
}
