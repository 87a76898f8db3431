// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Config;

/// <summary>What differs between two configurations, by the names of sections and keys: what can be taken over at once, and what waits for a restart.</summary>
internal sealed record ConfigChanges(IReadOnlyList<string> Live, IReadOnlyList<string> AfterRestart)
{
    public static ConfigChanges Between(DaemonConfig old, DaemonConfig now) => new(
        Names(
            ("roles", old.Roles != now.Roles),
            ("quotas", old.Quotas != now.Quotas),
            ("files", old.Files != now.Files),
            ("graph.start", old.Graph.Start != now.Graph.Start),
            ("plugins", old.Plugins != now.Plugins),
            ("log.level", old.Log.Level != now.Log.Level),
            ("telemetry", old.Telemetry != now.Telemetry)),
        Names(
            ("socket", old.Socket != now.Socket),
            ("device", old.Device != now.Device),
            ("graph.folder", old.Graph.Folder != now.Graph.Folder),
            ("log.format", old.Log.Format != now.Log.Format),
            ("network", old.Network != now.Network)));

    private static string[] Names(params ReadOnlySpan<(string Name, bool Differs)> parts)
    {
        List<string> names = [];
        foreach ((string name, bool differs) in parts)
        {
            if (differs)
            {
                names.Add(name);
            }
        }

        return [.. names];
    }
}
