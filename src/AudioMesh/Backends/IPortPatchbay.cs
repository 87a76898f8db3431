// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>What a backend can do whose device has ports that others connect to: JACK. For the control thread, while open.</summary>
public interface IPortPatchbay
{
    /// <summary>Connects two ports by their full names. Throws NotFound, InvalidArgument, Timeout.</summary>
    void Connect(string source, string destination);

    /// <summary>Takes a connection away. Throws NotFound, InvalidArgument, Timeout.</summary>
    void Disconnect(string source, string destination);

    /// <summary>The connections of our ports.</summary>
    IReadOnlyList<(string Source, string Destination)> Connections { get; }
}
