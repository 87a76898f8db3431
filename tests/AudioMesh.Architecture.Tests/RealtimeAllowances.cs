// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Architecture.Tests;

/// <summary>
/// RealtimeAllowances.txt: offences that are none, each with its reason. A line is <c>method | offence | reason</c>; a star at the end of method or
/// offence stands for any rest.
/// </summary>
internal sealed class RealtimeAllowances
{
    private readonly List<(string Line, string Method, string What)> _entries = [];
    private readonly HashSet<string> _used = [];

    private RealtimeAllowances()
    {
    }

    public IEnumerable<string> Unused => _entries.Select(entry => entry.Line).Where(line => !_used.Contains(line));

    public static RealtimeAllowances Read()
    {
        RealtimeAllowances allowances = new();
        foreach (string line in File.ReadLines(Repository.PathOf("tests", "AudioMesh.Architecture.Tests", "RealtimeAllowances.txt")))
        {
            string[] parts = line.Split(" | ");
            Assert.That(parts is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }], $"RealtimeAllowances.txt: '{line}' is not 'method | offence | reason'");
            allowances._entries.Add((line, parts[0], parts[1]));
        }

        return allowances;
    }

    public bool Covers(Offence offence)
    {
        foreach ((string line, string method, string what) in _entries)
        {
            if (Matches(offence.Method, method) && Matches(offence.What, what))
            {
                _used.Add(line);
                return true;
            }
        }

        return false;
    }

    private static bool Matches(string text, string pattern) =>
        pattern.EndsWith('*') ? text.StartsWith(pattern[..^1], StringComparison.Ordinal) : text == pattern;
}
