// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Hosting;

/// <summary>Where a daemon keeps what outlives it.</summary>
internal static class StateFolder
{
    /// <summary>For graphs: in the service manager's STATE_DIRECTORY, else in XDG_STATE_HOME, else in the home folder.</summary>
    public static string Graphs => Path.Combine(
        Variable("STATE_DIRECTORY")?.Split(':')[0]
            ?? Path.Combine(Variable("XDG_STATE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"), "audiomixerd"),
        "graphs");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
