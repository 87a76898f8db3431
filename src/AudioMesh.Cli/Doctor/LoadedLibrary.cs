// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Doctor;

/// <summary>Where this process's libraries came from.</summary>
internal static class LoadedLibrary
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The library whose file name begins with <paramref name="name"/>; null when it is not loaded, or not on Linux.</summary>
    public static string? Find(string name)
    {
        if (!File.Exists(Maps))
        {
            return null;
        }

        foreach (string line in File.ReadLines(Maps))
        {
            int start = line.IndexOf('/');
            if (start >= 0 && Path.GetFileName(line[start..]).StartsWith($"{name}.", StringComparison.Ordinal))
            {
                return line[start..];
            }
        }

        return null;
    }
}
