// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency;

/// <summary>The sources this program was built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AudioMesh.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new AudioMeshException(AudioErrorKind.NotFound, "This program is run in its source tree only.");
    }
}
