// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using AudioMesh.Bindings.Clang;
using AudioMesh.Bindings.Emit;
using AudioMesh.Bindings.Model;
using AudioMesh.Bindings.Registry;

namespace AudioMesh.Bindings;

/// <summary>Makes the C# of a library from its allow-list and headers, or registry.</summary>
public static class Generator
{
    /// <summary>The generated files by name.</summary>
    public static IReadOnlyDictionary<string, string> Generate(AllowList allowList, string bindingsDirectory)
    {
        LibraryModel model = ReadModel(allowList, bindingsDirectory);
        return new Dictionary<string, string>
        {
            [$"{allowList.Class}.g.cs"] = FunctionTable.Write(allowList, model),
            [$"{allowList.Class}.Types.g.cs"] = TypeDeclarations.Write(allowList, model),
        };
    }

    /// <summary>The structs and unions that are bound.</summary>
    public static IReadOnlyList<string> StructNames(AllowList allowList, string bindingsDirectory) =>
        [.. ReadModel(allowList, bindingsDirectory).Structs.Select(item => item.Name)];

    /// <summary>Whether libclang and the library's headers, and registry, are here; <paramref name="reason"/> says what to install when not.</summary>
    public static bool CanGenerate(AllowList allowList, string bindingsDirectory, [NotNullWhen(false)] out string? reason)
    {
        if (ClangLocator.TryFind(out reason))
        {
            reason = HeaderSet.TryFindRoot(allowList, bindingsDirectory) is null ? HeaderSet.NotFound(allowList)
                : allowList.Registry.Count != 0 && RegistryFile.TryFind(allowList) is null ? RegistryFile.NotFound(allowList)
                : null;
        }

        return reason is null;
    }

    internal static LibraryModel ReadModel(AllowList allowList, string bindingsDirectory)
    {
        if (allowList.Registry.Count != 0)
        {
            return RegistryReader.Read(allowList);
        }

        List<(string Target, LibraryModel Model)> models = [];
        foreach (string? target in Targets(allowList))
        {
            using HeaderSet headers = HeaderSet.For(allowList, bindingsDirectory, target);
            models.Add((target ?? "this machine", HeaderReader.Read(allowList, headers)));
        }

        return TargetMerge.Merge(allowList, models);
    }

    internal static IEnumerable<string?> Targets(AllowList allowList) => allowList.Targets.Cast<string?>().DefaultIfEmpty(null);
}
