// SPDX-License-Identifier: MIT
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Control.Server;

internal static class OwnedNodes
{
    /// <summary>Frees what a client that is gone owned, after a fade; what it made public stays, and is its user's.</summary>
    public static void Release(AudioEngine engine, int client)
    {
        try
        {
            engine.Change(change =>
            {
                foreach (GraphNode node in change.Nodes.Where(node => node.Owner?.Client == client).ToArray())
                {
                    if (ClientAccess.IsPublic(node))
                    {
                        node.Owner = node.Owner! with { Client = 0 };
                    }
                    else
                    {
                        change.DestroyNode(node);
                    }
                }
            });
        }
        catch (Exception error) when (error is AudioMeshException or ObjectDisposedException)
        {
            // A file could not be finished, and its node is gone all the same; or the engine has ended before.
        }
    }
}
