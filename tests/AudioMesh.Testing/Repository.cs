// SPDX-License-Identifier: MIT
namespace AudioMesh.Testing;

/// <summary>Where the source tree lies that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution, above the running test's.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the tree.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AudioMesh.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No AudioMesh.sln above {AppContext.BaseDirectory}.");
    }
}
