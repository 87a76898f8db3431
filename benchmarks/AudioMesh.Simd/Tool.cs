// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace AudioMesh.Simd;

/// <summary>Runs programs of the system and files of the source tree.</summary>
internal static class Tool
{
    /// <summary>The folder that holds the solution; null when this program was taken elsewhere.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>The lines a program printed, or null where it is absent or fails.</summary>
    public static string[]? Run(string command, params string[] words)
    {
        try
        {
            ProcessStartInfo start = new(command, words) { RedirectStandardOutput = true };

            // A jitted child gets what the compiled twin was built for, and no more.
            start.Environment["DOTNET_EnableAVX512"] = "0";
            start.Environment["DOTNET_EnableAVX512F"] = "0";
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string? FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AudioMesh.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
