// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Media;

namespace AudioMesh.Cli.Hub;

/// <summary>The one membership that an engine's nodes share; it is there when the device is known, before the first node.</summary>
internal sealed class JoinExchanges : IStreamExchanges
{
    public IReadOnlyList<ParameterDescriptor> Parameters => [];

    public HubMembership? Membership { get; set; }

    public IStreamExchange Join(NodeArguments arguments) =>
        (Membership as IStreamExchanges)?.Join(arguments) ?? throw new AudioMeshException(AudioErrorKind.InvalidState, "No hub was joined yet.");
}
