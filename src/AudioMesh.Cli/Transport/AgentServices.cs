// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Registry;

namespace AudioMesh.Cli.Transport;

/// <summary>What an agent's host offers, as the mesh's registry says it.</summary>
internal sealed class AgentServices(IMeshBus bus) : IDisposable
{
    private const int MaintainMs = 1000;
    private readonly List<RegisteredService> _services = [];
    private long _maintained;

    /// <summary>Where it is said.</summary>
    public ServiceRegistry Registry { get; } = new(bus);

    /// <summary>Announces what <paramref name="seat"/> has.</summary>
    public void Offer(AgentSeat seat)
    {
        Withdraw();
        Add("transport", seat.Agent.Transport.Driver, 0, ("rate", seat.Agent.Transport.Rate.ToString(CultureInfo.InvariantCulture)));
        if (seat.Clicks)
        {
            Add("click", "click", 0);
        }

        if (IPEndPoint.TryParse(seat.PlainAt, out IPEndPoint? plain))
        {
            Add("plain", "plain", plain.Port, ("address", plain.Address.ToString()));
        }
    }

    /// <summary>The device or its server is gone, and is waited for.</summary>
    public void Fail(string reason) => _services.ForEach(service => service.Report(ServiceHealth.Failing, reason.Length > 255 ? reason[..255] : reason));

    /// <summary>To be called again and again.</summary>
    public void Maintain()
    {
        if (Environment.TickCount64 - _maintained >= MaintainMs)
        {
            _maintained = Environment.TickCount64;
            Registry.Maintain();
        }
    }

    public void Dispose()
    {
        Withdraw();
        Registry.Dispose();
    }

    private void Add(string type, string name, int port, params (string Name, string Value)[] properties) => _services.Add(Registry.Register(
        new ServiceAnnouncement { Type = type, Name = name, Port = port, Properties = properties.ToDictionary(property => property.Name, property => property.Value) }));

    private void Withdraw()
    {
        _services.ForEach(service => service.Dispose());
        _services.Clear();
    }
}
