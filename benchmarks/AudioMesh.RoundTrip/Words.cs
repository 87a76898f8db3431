// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.RoundTrip;

/// <summary>The words this program was called with.</summary>
internal sealed class Words(string[] args)
{
    public bool Has(string word) => args.Contains(word);

    /// <summary>What follows a word; null where it is not there, or nothing follows.</summary>
    public string? After(string word) => Array.IndexOf(args, word) is >= 0 and int at && at + 1 < args.Length && !args[at + 1].StartsWith('-') ? args[at + 1] : null;

    /// <summary>The same as a number, or <paramref name="usual"/>.</summary>
    public double Number(string word, double usual) => After(word) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : usual;
}
