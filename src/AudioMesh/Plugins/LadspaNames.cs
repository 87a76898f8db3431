// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Plugins;

/// <summary>Makes names for requests of what plug-ins call their ports: <c>Input gain (dB)</c> is <c>input_gain</c>, in dB.</summary>
internal sealed class LadspaNames(params IEnumerable<string> taken)
{
    private static readonly string[] Units = ["Hz", "kHz", "dB", "s", "ms", "%"];

    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>A name nobody has yet, and the unit in which <paramref name="title"/> ends.</summary>
    public (string Name, string Unit) Take(string title)
    {
        string unit = Units.FirstOrDefault(unit => title.EndsWith($"({unit})", StringComparison.Ordinal)) ?? "";
        string stem = Plain(unit.Length > 0 ? title[..^(unit.Length + 2)] : title);
        string name = stem;
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = $"{stem}_{number}";
        }

        return (name, unit);
    }

    private static string Plain(string title)
    {
        StringBuilder name = new();
        foreach (char letter in title)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(char.ToLowerInvariant(letter));
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }

        string plain = name.ToString().TrimEnd('_');
        return plain.Length > 0 ? plain : "control";
    }
}
