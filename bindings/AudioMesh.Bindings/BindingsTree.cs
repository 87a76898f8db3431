// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings;

/// <summary>Where allow-lists and generated files lie in the repository.</summary>
public sealed record BindingsTree(string Root)
{
    /// <summary>The directory of the allow-lists.</summary>
    public string BindingsDirectory => Path.Combine(Root, "bindings");

    /// <summary>The directory of the files generated from an allow-list.</summary>
    public string InteropDirectory(AllowList allowList) => Path.Combine(Root, "src", allowList.Package, "Interop");

    /// <summary>Every allow-list, or the one called <paramref name="name"/>.</summary>
    public IReadOnlyList<AllowList> AllowLists(string? name = null)
    {
        string[] paths = [.. Directory.GetFiles(BindingsDirectory, $"{name ?? "*"}.json").Order(StringComparer.Ordinal)];
        return paths.Length != 0
            ? [.. paths.Select(AllowList.Load)]
            : throw new BindingsException($"no allow-list {name ?? "*"}.json in {BindingsDirectory}");
    }

    /// <summary>The tree that holds <paramref name="start"/>.</summary>
    public static BindingsTree Find(string start)
    {
        for (DirectoryInfo? directory = new(start); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "AudioMesh.sln")))
            {
                return new BindingsTree(directory.FullName);
            }
        }

        throw new BindingsException($"{start} is not inside the repository: AudioMesh.sln was not found above it");
    }
}
