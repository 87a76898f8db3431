// SPDX-License-Identifier: MIT
using AudioMesh.Control.Server;
using AudioMesh.Graph;

namespace AudioMesh.Control;

/// <summary>What a conversation's requests bring with them beside their text. One thread.</summary>
internal sealed class RequestContext(ClientAccess access)
{
    /// <summary>What its client may do.</summary>
    public ClientAccess Access => access;

    /// <summary>What came with the present request and goes back with its reply; null where the door carries none.</summary>
    public DescriptorExchange? Descriptors { get; set; }

    /// <summary>Room for the arguments of one request.</summary>
    public Dictionary<string, ParameterValue> Arguments { get; } = new(StringComparer.Ordinal);
}
