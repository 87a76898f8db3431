// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>Calls <see cref="IDatagramHandler.Tick"/> when the handler wants it, and after each datagram.</summary>
internal sealed class TickTimer(SimulatedHost host, IDatagramHandler handler) : SimulatedTimer(host)
{
    /// <summary>What wants to be called sooner than this again, waits.</summary>
    private const long ShortestNs = 1000;

    private long _wishedHostNs;

    protected override long DueTrueNs => _wishedHostNs == long.MaxValue ? long.MaxValue : Host.TrueWhen(_wishedHostNs);

    public void Tick()
    {
        MeshTime now = Host.Now;
        MeshTime wish = handler.Tick(now);
        _wishedHostNs = wish.IsKnown ? Math.Max(wish.Nanoseconds, now.Nanoseconds + ShortestNs) : long.MaxValue;

        // One that comes too early looks again, so a later wish needs no new event.
        if (DueTrueNs < ArmedTrueNs || ArmedTrueNs <= Host.Mesh.TrueTime.Nanoseconds)
        {
            Arm();
        }
    }

    protected override void Fire() => Tick();
}
