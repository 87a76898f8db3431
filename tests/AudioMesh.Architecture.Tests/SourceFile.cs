// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Architecture.Tests;

/// <summary>One C# file, by its path from the root of the tree, with slashes.</summary>
internal sealed record SourceFile(string Path)
{
    private const string NamespaceWord = "namespace ";

    public string[] Lines { get; } = File.ReadAllLines(Repository.PathOf(Path));

    public bool IsGenerated => Path.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>Null where the file has none.</summary>
    public string? Namespace => Lines.FirstOrDefault(line => line.StartsWith(NamespaceWord, StringComparison.Ordinal))?[NamespaceWord.Length..].TrimEnd(';');
}
