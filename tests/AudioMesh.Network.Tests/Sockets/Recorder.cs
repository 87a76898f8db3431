// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Sockets;

/// <summary>Keeps what it is given.</summary>
internal sealed class Recorder : IDatagramHandler
{
    public ConcurrentQueue<(PeerAddress From, byte[] Bytes, MeshTime Arrival)> Datagrams { get; } = [];

    public ConcurrentQueue<MeshTime> Ticks { get; } = [];

    public int TickEveryMs { get; init; } = 1000;

    public int DelayMs { get; init; }

    public bool Fails { get; init; }

    public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival)
    {
        Datagrams.Enqueue((from, datagram.ToArray(), arrival));
        Thread.Sleep(DelayMs);
        if (Fails)
        {
            throw new InvalidDataException();
        }
    }

    public MeshTime Tick(MeshTime now)
    {
        Ticks.Enqueue(now);
        return now.Add(TickEveryMs * 1_000_000L);
    }

    public void WaitFor(int datagrams) =>
        Assert.That(SpinWait.SpinUntil(() => Datagrams.Count >= datagrams, TimeSpan.FromSeconds(20)), $"{Datagrams.Count} of {datagrams} datagrams came");
}
