// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.DaemonCost;

/// <summary>A way in which audiomixerd was built.</summary>
/// <param name="Name">For people.</param>
/// <param name="Words">How to start it.</param>
internal sealed record DaemonBuild(string Name, IReadOnlyList<string> Words)
{
    /// <summary>Those that are there: ahead of time, with code compiled in advance, and compiled as it runs.</summary>
    public static IReadOnlyList<DaemonBuild> All()
    {
        string root = FindRoot();
        string rid = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        string native = Path.Combine(root, "artifacts", "daemon", rid, "audiomixerd");
        string ready = Path.Combine(root, "artifacts", "daemon-r2r", rid, "audiomixerd.dll");
        string managed = Path.Combine(root, "src", "AudioMesh.Audiomixerd", "bin", "Release", "net9.0", "audiomixerd.dll");
        List<DaemonBuild> builds = [];
        if (File.Exists(native))
        {
            builds.Add(new DaemonBuild("ahead of time", [native]));
        }

        if (File.Exists(ready))
        {
            builds.Add(new DaemonBuild("ReadyToRun", ["dotnet", ready]));
        }

        builds.Add(new DaemonBuild("just in time", ["dotnet", managed]));
        return builds;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AudioMesh.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
