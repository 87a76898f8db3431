// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests;

/// <summary>Fails a test with everything that is wrong, a line each.</summary>
internal static class Verdict
{
    public static void Nothing(IEnumerable<string> wrong, string advice)
    {
        string[] lines = [.. wrong.Distinct().Order(StringComparer.Ordinal)];
        Assert.That(lines, Is.Empty, $"{advice}\n  {string.Join("\n  ", lines)}\n");
    }
}
