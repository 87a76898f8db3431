// SPDX-License-Identifier: MIT
using AudioMesh.Control.Server;

namespace AudioMesh.Control;

/// <summary>What a request brings with it beside its text.</summary>
/// <param name="Access">What its client may do.</param>
/// <param name="Descriptors">What came with it and goes back with its reply; null where the door carries none.</param>
internal sealed record RequestContext(ClientAccess Access, DescriptorExchange? Descriptors)
{
    /// <summary>Of a request of the program that holds the engine.</summary>
    public static RequestContext Own { get; } = new(new ClientAccess(null, () => [], () => 0), null);
}
