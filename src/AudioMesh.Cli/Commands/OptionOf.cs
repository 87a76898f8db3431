// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AudioMesh.Cli.Commands;

/// <summary>Makes options whose errors name the option, the value and what is allowed, in one line.</summary>
internal static class OptionOf
{
    /// <summary>A whole number; 0 when not given.</summary>
    public static Option<int> Whole(string name, string help, string unit, int min, int max) => new(name)
    {
        Description = help,
        HelpName = unit,
        CustomParser = result => (int)(Parse(result, name, min, max, NumberStyles.AllowLeadingSign) ?? 0),
    };

    /// <summary>A number; null when not given.</summary>
    public static Option<double?> Number(string name, string help, string unit, double min, double max) => new(name)
    {
        Description = help,
        HelpName = unit,
        CustomParser = result => Parse(result, name, min, max, NumberStyles.Float),
    };

    /// <summary>One of <paramref name="values"/>, the first when not given.</summary>
    public static Option<string> Choice(string name, string help, params string[] values)
    {
        Option<string> option = new(name)
        {
            Description = help,
            HelpName = string.Join('|', values),
            DefaultValueFactory = _ => values[0],
        };
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            string? given = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (given is not null && !values.Contains(given))
            {
                result.AddError($"{name} '{given}' is not known: {string.Join(", ", values)}.");
            }
        });
        return option;
    }

    /// <summary>Takes a mistyped option for what it is; a file named so is given as <c>./-name</c>.</summary>
    public static void RejectIn(Argument files) => files.Validators.Add(result =>
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } token)
        {
            result.AddError($"'{token.Value}' is not an option here; a file of that name is './{token.Value}'.");
        }
    });

    private static double? Parse(ArgumentResult result, string name, double min, double max, NumberStyles styles)
    {
        string text = result.Tokens[0].Value;
        if (!double.TryParse(text, styles, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            result.AddError($"{name} '{text}' is not a number: {Range(min, max)}.");
        }
        else if (value < min || value > max)
        {
            result.AddError($"{name} {text} is out of range: {Range(min, max)}.");
        }
        else
        {
            return value;
        }

        return null;
    }

    private static string Range(double min, double max) => FormattableString.Invariant($"{min}..{max}");
}
