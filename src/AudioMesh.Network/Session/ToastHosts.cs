// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Network.Media;

namespace AudioMesh.Network.Session;

/// <summary>
/// The hosts of one engine: all who ask with the same settings share one, with one socket and one mesh time, which leaves when the last of them has. Whoever composes an engine owns it, adds
/// <see cref="ToastNodes"/> to its nodes, and disposes it after the engine. Any thread.
/// </summary>
public sealed class ToastHosts : IStreamExchanges, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ToastSettings, SharedHost> _hosts = [];
    private bool _isDisposed;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterDescriptor> Parameters => HostParameters.All;

    /// <summary>Joins as <paramref name="settings"/> say, until the membership is disposed. Throws what <see cref="ToastSettings.Read"/> and <see cref="ToastHost"/> throw.</summary>
    public ToastMembership Join(ToastSettings settings)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_hosts.TryGetValue(settings, out SharedHost? shared))
            {
                shared = new SharedHost(new ToastHost(settings.Read()));
                _hosts.Add(settings, shared);
            }

            shared.Members++;
            return new ToastMembership(this, settings, shared.Host);
        }
    }

    /// <inheritdoc/>
    IStreamExchange IStreamExchanges.Join(NodeArguments arguments) => Join(HostParameters.Read(arguments));

    /// <summary>Closes what is left.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (SharedHost shared in _hosts.Values)
            {
                shared.Host.Dispose();
            }

            _hosts.Clear();
        }
    }

    internal void Leave(ToastSettings settings)
    {
        lock (_gate)
        {
            if (_hosts.TryGetValue(settings, out SharedHost? shared) && --shared.Members == 0)
            {
                _hosts.Remove(settings);
                shared.Host.Dispose();
            }
        }
    }

    private sealed class SharedHost(ToastHost host)
    {
        public ToastHost Host => host;

        public int Members { get; set; }
    }
}
