// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Architecture.Tests;

/// <summary>The C# files of the tree.</summary>
internal static class SourceTree
{
    private static readonly string[] MadeByBuilds = ["bin", "obj", "artifacts", ".git"];

    /// <summary>The C# files under the given folders, or under all.</summary>
    public static IEnumerable<SourceFile> Files(params string[] folders)
    {
        string[] roots = folders.Length > 0 ? folders : [.. Directory.GetDirectories(Repository.Root).Select(path => Path.GetFileName(path)!)];
        return roots.Where(root => !MadeByBuilds.Contains(root)).SelectMany(root => Walk(root));
    }

    private static IEnumerable<SourceFile> Walk(string folder)
    {
        string path = Repository.PathOf(folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        IEnumerable<SourceFile> here = Directory.GetFiles(path, "*.cs").Select(file => new SourceFile($"{folder}/{Path.GetFileName(file)}"));
        return here.Concat(Directory.GetDirectories(path)
            .Select(child => Path.GetFileName(child)!)
            .Where(child => !MadeByBuilds.Contains(child))
            .SelectMany(child => Walk($"{folder}/{child}")));
    }
}
