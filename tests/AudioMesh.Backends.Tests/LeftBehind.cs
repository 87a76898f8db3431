// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Tests;

/// <summary>
/// Threads that a backend left behind in a call to a server that hung. libjack has one state per process: what comes next waits until they
/// came back, and the server stays until then.
/// </summary>
internal static class LeftBehind
{
    private const string Threads = "/proc/self/task";
    private const int LimitMs = 20_000;

    /// <summary>Waits until no thread of this process has one of these names.</summary>
    public static void Await(params string[] names)
    {
        if (Directory.Exists(Threads))
        {
            SpinWait.SpinUntil(() => !Array.Exists(Directory.GetDirectories(Threads), thread => names.Contains(NameOf(thread))), LimitMs);
        }
    }

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
