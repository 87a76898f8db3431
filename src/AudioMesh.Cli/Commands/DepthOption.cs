// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;

namespace AudioMesh.Cli.Commands;

/// <summary>How long packets may wait: <c>0..200</c> milliseconds, or one number for a fixed depth.</summary>
internal static class DepthOption
{
    private const string Name = "--depth";
    private const string Allowed = "MIN..MAX or one number, of 0..2000 ms";

    /// <summary>The option, with what holds when it is not given.</summary>
    public static Option<string> Create(string usual = "0..200") => new(Name)
    {
        Description = "The least and the most that the fastest packets wait, in milliseconds; in between it follows the network. One number fixes it.",
        HelpName = "MIN..MAX",
        DefaultValueFactory = _ => usual,
    };

    /// <summary>Throws InvalidArgument.</summary>
    public static (double LeastMs, double MostMs) Parse(string text)
    {
        string[] parts = text.Split("..");
        double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double ms) ? ms : double.NaN)];
        return numbers.Length is 1 or 2 && numbers.All(ms => ms is >= 0 and <= 2000) && numbers[0] <= numbers[^1]
            ? (numbers[0], numbers[^1])
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{Name} '{text}' is not {Allowed}.") { Allowed = Allowed };
    }
}
