// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Latency.Starts;

/// <summary>Gives a session what a socket of this machine gives, by the clock that the host is to have.</summary>
internal sealed class SimulatedPort(SimulatedClock clock, IDatagramHandler session) : IDatagramHandler
{
    public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival) => session.Receive(from, datagram, clock.ToHost(arrival));

    public MeshTime Tick(MeshTime now) => clock.ToMachine(session.Tick(clock.ToHost(now)));
}
