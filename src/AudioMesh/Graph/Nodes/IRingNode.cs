// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>A node with a ring whose other end an app holds.</summary>
public interface IRingNode
{
    /// <summary>The ring; lives as long as the node.</summary>
    FrameRing Ring { get; }

    /// <summary>Whether the app writes and the node reads.</summary>
    bool IsWrittenByApp { get; }
}
