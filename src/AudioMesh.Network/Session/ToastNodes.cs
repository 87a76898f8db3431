// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Network.Media.Nodes;

namespace AudioMesh.Network.Session;

/// <summary>The nodes of a session, for whoever composes an engine.</summary>
public static class ToastNodes
{
    /// <summary>Adds <c>toast_source</c> and <c>toast_sink</c>, whose hosts are those of <paramref name="hosts"/>.</summary>
    public static NodeCatalogue Add(NodeCatalogue nodes, ToastHosts hosts) =>
        nodes.Add(ToastSinkNode.CreateType(hosts)).Add(ToastSourceNode.CreateType(hosts));
}
