// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>Writes down what it hears and when it is ticked, and wants to be ticked when <see cref="WhenNext"/> says.</summary>
internal sealed class Recorder : IDatagramHandler
{
    public List<(PeerAddress From, byte[] Datagram, MeshTime Arrival)> Heard { get; } = [];

    public List<MeshTime> Ticks { get; } = [];

    public Func<MeshTime, MeshTime> WhenNext { get; set; } = _ => MeshTime.Unknown;

    public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival) => Heard.Add((from, datagram.ToArray(), arrival));

    public MeshTime Tick(MeshTime now)
    {
        Ticks.Add(now);
        return WhenNext(now);
    }
}
