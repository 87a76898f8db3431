// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>A node whose two sides may run at different rates; in place of <see cref="GraphNode.Prepare"/> it is told both.</summary>
internal interface IRateChanger
{
    /// <summary>Frames per second of the side that the device is not on.</summary>
    int Rate { get; }

    /// <summary>Gets ready. Control side, never while the node is rendered; again when one of both changes.</summary>
    void Prepare(GraphFormat before, GraphFormat after);
}
