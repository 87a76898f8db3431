// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Jack;

/// <content>The patchbay every backend with ports offers.</content>
public sealed partial class JackBackend : IPortPatchbay
{
    IReadOnlyList<(string Source, string Destination)> IPortPatchbay.Connections =>
        [.. GetConnections().Select(connection => (connection.Source, connection.Destination))];
}
