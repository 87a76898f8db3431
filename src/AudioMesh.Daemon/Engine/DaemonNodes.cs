// SPDX-License-Identifier: MIT
using AudioMesh.Compute;
using AudioMesh.Compute.Rendering;
using AudioMesh.Control;
using AudioMesh.Daemon.Config;
using AudioMesh.Graph;
using AudioMesh.Network.Jdat;
using AudioMesh.Network.Media.Nodes;
using AudioMesh.Network.Session;
using AudioMesh.Plugins;

namespace AudioMesh.Daemon.Engine;

/// <summary>The node types of a daemon: those of the engine, of compute devices and of the network.</summary>
internal static class DaemonNodes
{
    /// <summary>Opens nothing: devices, sockets and keys wait for the first node that needs them.</summary>
    public static NodeCatalogue Compose(DaemonConfig config, ToastHosts hosts, LadspaHost ladspa)
    {
        SessionExchanges exchanges = new(hosts, config.Network.Session);
        return NodeCatalogue.CreateDefault(ladspa)
            .Add(GpuMatrixNode.CreateType(() => ComputeDevices.OpenBest()))
            .Add(ToastSourceNode.CreateType(exchanges))
            .Add(ToastSinkNode.CreateType(exchanges))
            .Add(JdatSourceNode.NodeType)
            .Add(JdatSinkNode.NodeType);
    }

    /// <summary>Those that bring in what is played here, in the room and on other hosts: for clients that may record.</summary>
    public static IReadOnlyCollection<string> ForRecorders { get; } = [.. new ControlServerOptions().ListeningTypes, "toast_source"];

    /// <summary>What clients that are no admins may make: all but JDAT, which opens any place that its arguments name, unless the configuration lets them.</summary>
    public static IReadOnlyCollection<string> ForPlayers(DaemonConfig config)
    {
        string[] types = [.. NodeCatalogue.CreateDefault().Types.Select(type => type.Name), "gpu_matrix", "toast_source", "toast_sink"];
        return config.Network.Jdat ? [.. types, JdatSourceNode.NodeType.Name, JdatSinkNode.NodeType.Name] : types;
    }
}
