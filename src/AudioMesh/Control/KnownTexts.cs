// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Control;

/// <summary>Texts that came before and come again, such as names of commands, parameters and nodes: each is made once. One thread.</summary>
internal sealed class KnownTexts
{
    /// <summary>Longer ones are made each time.</summary>
    private const int LongestBytes = 64;

    /// <summary>Who sends ever new texts makes this begin anew.</summary>
    private const int Most = 256;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;

    public KnownTexts() => _byCharacters = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text that <paramref name="reader"/> stands at. Throws InvalidOperationException where it is no valid UTF-8.</summary>
    public string Of(in Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestBytes)
        {
            return reader.GetString()!;
        }

        Span<char> buffer = stackalloc char[LongestBytes];
        ReadOnlySpan<char> characters = buffer[..reader.CopyString(buffer)];
        if (_byCharacters.TryGetValue(characters, out string? known))
        {
            return known;
        }

        if (_texts.Count == Most)
        {
            _texts.Clear();
        }

        string made = characters.ToString();
        _texts.Add(made);
        return made;
    }
}
