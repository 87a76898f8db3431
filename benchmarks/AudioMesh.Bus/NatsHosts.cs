// SPDX-License-Identifier: MIT
using AudioMesh.Network.Bus;

namespace AudioMesh.Benchmarks.Bus;

/// <summary>Four clients of a NATS server.</summary>
internal sealed class NatsHosts(NatsProcess server) : IDisposable
{
    private readonly List<NatsBus> _buses = [.. Enumerable.Range(0, 4).Select(i => new NatsBus(new NatsBusOptions { Name = $"host{i}", Mesh = "storm", Servers = [server.Url], Token = NatsProcess.Token }))];

    public IReadOnlyList<IMeshBus> Buses => _buses;

    public void Dispose() => _buses.ForEach(bus => bus.Dispose());
}
