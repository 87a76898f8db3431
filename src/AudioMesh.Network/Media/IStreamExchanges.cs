// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Network.Media;

/// <summary>Opens what nodes exchange streams by. Control threads.</summary>
public interface IStreamExchanges
{
    /// <summary>Parameters of nodes that say which one, and those that tell how it is.</summary>
    IReadOnlyList<ParameterDescriptor> Parameters { get; }

    /// <summary>The exchange that a new node's arguments ask for; who asks for the same shares it. Throws InvalidArgument, and what opening it throws.</summary>
    IStreamExchange Join(NodeArguments arguments);
}
