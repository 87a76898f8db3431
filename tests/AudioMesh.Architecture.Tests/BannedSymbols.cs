// SPDX-License-Identifier: MIT
using AudioMesh.Testing;
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>BannedSymbols.txt, which the compiler enforces by folder, read to be enforced by reach too.</summary>
internal sealed class BannedSymbols
{
    private readonly HashSet<string> _namespaces = [];
    private readonly HashSet<string> _types = [];
    private readonly HashSet<string> _methods = [];

    public static BannedSymbols Read()
    {
        BannedSymbols symbols = new();
        foreach (string line in File.ReadLines(Repository.PathOf("src", "AudioMesh", "BannedSymbols.txt")))
        {
            string symbol = line.Split(';')[0];
            (line[0] switch { 'N' => symbols._namespaces, 'T' => symbols._types, _ => symbols._methods }).Add(symbol[2..].Split('(')[0]);
        }

        return symbols;
    }

    public bool Forbids(MethodReference method)
    {
        TypeReference type = method.DeclaringType.GetElementType();
        return _types.Contains(type.FullName)
            || _methods.Contains($"{type.FullName}.{method.Name}")
            || _namespaces.Any(space => type.Namespace == space || type.Namespace.StartsWith(space + ".", StringComparison.Ordinal));
    }
}
