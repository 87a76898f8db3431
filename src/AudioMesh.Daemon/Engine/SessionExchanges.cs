// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Network.Media;
using AudioMesh.Network.Session;

namespace AudioMesh.Daemon.Engine;

/// <summary>
/// The one session that a daemon's nodes exchange streams in. Its key and its addresses are the configuration's: a client that may play may not make the daemon listen elsewhere, or read files.
/// </summary>
internal sealed class SessionExchanges(ToastHosts hosts, ToastSettings? settings) : IStreamExchanges
{
    /// <summary>Nothing to choose, the figures to be read.</summary>
    public IReadOnlyList<ParameterDescriptor> Parameters { get; } = [.. hosts.Parameters.Where(parameter => parameter.IsReadOnly)];

    public IStreamExchange Join(NodeArguments arguments) => hosts.Join(settings ?? throw new AudioMeshException(
        AudioErrorKind.InvalidState, "This daemon takes part in no session: its configuration has no [network] with a key."));
}
