// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>The program under test: audiomixerd as it ships where that is as new as what it was built from, else the same in the runtime.</summary>
internal static class DaemonBinary
{
    // Built in the configuration that this test was built in.
    private static string Managed { get; } = Repository.PathOf(
        "src", "AudioMesh.Audiomixerd", "bin", Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name, "net9.0", "audiomixerd.dll");

    private static string Native { get; } = Repository.PathOf(
        "artifacts", "daemon", $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "audiomixerd");

    /// <summary>Whether it is the one that ships.</summary>
    public static bool IsNative { get; } = File.Exists(Native)
        && File.GetLastWriteTimeUtc(Native) >= Directory.GetFiles(Path.GetDirectoryName(Managed)!, "*udio*.dll").Max(File.GetLastWriteTimeUtc);

    /// <summary>How to start it with <paramref name="arguments"/>; nothing of this process's own AUDIOMIXERD variables.</summary>
    public static ProcessStartInfo StartInfo(params string[] arguments) => Start(IsNative ? [Native] : ["dotnet", Managed], arguments);

    /// <summary>The words by which it is started.</summary>
    public static IReadOnlyList<string> Words => IsNative ? [Native] : ["dotnet", Managed];

    private static ProcessStartInfo Start(string[] words, string[] arguments)
    {
        ProcessStartInfo start = new(words[0], [.. words[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AUDIOMIXERD_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        return start;
    }
}
