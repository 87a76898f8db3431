// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;

namespace AudioMesh.Benchmarks.Bus;

/// <summary>Four members of a session on loopback.</summary>
internal sealed class LanHosts : IDisposable
{
    private readonly List<LanBus> _buses = [];

    public LanHosts()
    {
        SessionKey key = SessionKey.FromSecret(new byte[32], "storm");
        int[] ports = [.. Enumerable.Range(0, 4).Select(_ => FreePort())];
        for (int i = 0; i < ports.Length; i++)
        {
            _buses.Add(LanBus.Join(new ToastHostOptions
            {
                Name = $"host{i}",
                Key = key,
                Bind = new IPEndPoint(IPAddress.Loopback, ports[i]),
                Contacts = [.. ports.Take(i).Select(port => new IPEndPoint(IPAddress.Loopback, port))],
            }));
        }
    }

    public IReadOnlyList<IMeshBus> Buses => _buses;

    public void Dispose() => _buses.ForEach(bus => bus.Dispose());

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
