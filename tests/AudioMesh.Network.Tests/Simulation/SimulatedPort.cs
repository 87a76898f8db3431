// SPDX-License-Identifier: MIT
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>The socket of a simulated host.</summary>
internal sealed class SimulatedPort(SimulatedHost host) : IDatagramPort
{
    public void Send(in PeerAddress to, ReadOnlySpan<byte> datagram)
    {
        if (!host.IsSuspended)
        {
            host.Mesh.Send(host, to, datagram);
        }
    }
}
