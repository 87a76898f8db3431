// SPDX-License-Identifier: MIT
using AudioMesh.Daemon.Config;
using AudioMesh.Daemon.Engine;
using AudioMesh.Daemon.Graphs;
using AudioMesh.Daemon.Hosting;
using AudioMesh.Network.Session;
using AudioMesh.Plugins;

namespace AudioMesh.Daemon;

/// <summary>Looks at a configuration as a daemon would, and opens nothing.</summary>
internal static class ConfigCheck
{
    /// <summary>Says that it is well. Throws what is wrong with it, with the line, or with the graph that it begins with.</summary>
    public static void Run(ConfigSource source)
    {
        DaemonConfig config = source.Read();
        config.Device.Request.Validate();
        using ToastHosts hosts = new();
        if (config.Graph.Start is { } start)
        {
            using GraphFile file = GraphFile.Read(start);
            GraphCheck.Run(file, DaemonNodes.Compose(config, hosts, new LadspaHost(config.Plugins.Options)), knowsPlugins: true);
        }

        Console.WriteLine($"{source.Path ?? "The environment"}: ok");
    }
}
