// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace AudioMesh.Architecture.Tests;

/// <summary>Which layer a type belongs to: by its namespace, or in the plain namespace by the folder of the file that declares it.</summary>
internal sealed partial class LayerMap
{
    private readonly Dictionary<string, string> _folderOfType = [];
    private readonly int _depth;

    public LayerMap(string sourceFolder)
    {
        _depth = sourceFolder.Split('.').Length;
        foreach (string folder in Layers.WithoutNamespace)
        {
            foreach (string line in SourceTree.Files($"src/{sourceFolder}/{folder}").SelectMany(file => file.Lines))
            {
                if (Declaration().Match(line) is { Success: true } declaration)
                {
                    _folderOfType[declaration.Groups[1].Value] = folder;
                }
            }
        }
    }

    /// <summary>Null for what the compiler made.</summary>
    public string? LayerOf(TypeDefinition type)
    {
        TypeDefinition outer = Outermost(type);
        if (outer.Name.StartsWith('<') || outer.Namespace is "" or "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices")
        {
            return null;
        }

        string[] parts = outer.Namespace.Split('.');
        return parts.Length > _depth ? parts[_depth] : _folderOfType.GetValueOrDefault(outer.Name.Split('`')[0], "no folder of the plain namespace");
    }

    public static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type;
    }

    [GeneratedRegex(@"^(?:public|internal)[ \w]* (?:class|struct|record|enum|interface) (\w+)")]
    private static partial Regex Declaration();
}
