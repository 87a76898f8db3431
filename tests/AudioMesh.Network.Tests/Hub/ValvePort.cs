// SPDX-License-Identifier: MIT
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Hub;

/// <summary>Sends on what is sent, or forgets it.</summary>
internal sealed class ValvePort(IDatagramPort port) : IDatagramPort
{
    public bool IsShut { get; set; }

    public long Forgotten { get; private set; }

    public void Send(in PeerAddress to, ReadOnlySpan<byte> datagram)
    {
        if (IsShut)
        {
            Forgotten++;
            return;
        }

        port.Send(to, datagram);
    }
}
