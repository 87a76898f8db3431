// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Registry;
using AudioMesh.Network.Session;
using AudioMesh.Network.Stems;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Takes;

/// <summary>The hosts of a session that hand over takes.</summary>
internal sealed class TakeSources : IDisposable
{
    private const int LookMs = 20;
    private const int QuietMs = 1500;
    private const int PatienceMs = 8000;

    private readonly ToastHost _host;
    private readonly LanBus _bus;
    private readonly ServiceRegistry _registry;

    /// <summary>Joins. Throws what joining throws.</summary>
    public TakeSources(ToastSettings settings)
    {
        ToastHostOptions options = settings.Read();
        Key = options.Key;
        _host = new ToastHost(options);
        _bus = new LanBus(_host);
        _registry = new ServiceRegistry(_bus);
    }

    /// <summary>What the session shares.</summary>
    public SessionKey Key { get; }

    /// <summary>
    /// Waits for the hosts that are named, or where none is until nobody new has come for a while. Throws NotFound for those that do not come, and what the bus failed with.
    /// </summary>
    public async Task<IReadOnlyList<TakeSource>> FindAsync(IReadOnlyList<string> hosts, CancellationToken cancellation)
    {
        long since = Environment.TickCount64, changed = since;
        IReadOnlyList<TakeSource> found = [];
        while (Environment.TickCount64 - since < PatienceMs)
        {
            if (_bus.Failure is { } failure)
            {
                throw failure;
            }

            IReadOnlyList<TakeSource> there = Look();
            changed = there.Count == found.Count ? changed : Environment.TickCount64;
            found = there;
            bool isComplete = hosts.Count > 0 ? hosts.All(host => found.Any(source => source.Host == host)) : found.Count > 0 && Environment.TickCount64 - changed > QuietMs;
            if (isComplete)
            {
                return [.. found.Where(source => hosts.Count == 0 || hosts.Contains(source.Host))];
            }

            await Task.Delay(LookMs, cancellation);
        }

        string[] missing = [.. hosts.Where(host => found.All(source => source.Host != host))];
        throw new AudioMeshException(
            AudioErrorKind.NotFound, $"{(missing.Length > 0 ? string.Join(", ", missing) : "Nobody in the session")} hands over takes: 'audiomesh agent --takes FOLDER' does.");
    }

    public void Dispose()
    {
        _registry.Dispose();
        _bus.Dispose();
        _host.Dispose();
    }

    private IReadOnlyList<TakeSource> Look()
    {
        IReadOnlyList<PeerStatus> peers = _host.Session.Peers;
        return [.. _registry.Find(TakeServer.ServiceType).Where(service => service.IsPresent && service.Port > 0).SelectMany(service => peers
            .Where(peer => peer.Name == service.Host && peer.IsProven && !peer.IsLost).Take(1)
            .Select(peer => new TakeSource(service.Host, new IPEndPoint(peer.Address.ToEndPoint().Address, service.Port))))];
    }
}
