// SPDX-License-Identifier: MIT
using AudioMesh.Control.Server;

namespace AudioMesh.Control;

/// <summary>What a conversation may do beside talking to its engine.</summary>
public sealed record ControlSessionOptions
{
    /// <summary>Where <c>save</c> keeps graphs and <c>load</c> finds them; null refuses both.</summary>
    public GraphStore? Graphs { get; init; }

    /// <summary>Called by <c>quit</c>, on the thread that handles it; null refuses it.</summary>
    public Action? OnQuit { get; init; }

    /// <summary>What the client at the other end may do: everything, where it is the program that holds the engine.</summary>
    internal ClientAccess Access { get; init; } = ClientAccess.Own;
}
