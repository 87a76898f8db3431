// SPDX-License-Identifier: MIT
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>A datagram on its way; used again for others when it has arrived.</summary>
internal sealed class FlyingDatagram
{
    private byte[] _bytes = [];
    private int _length;

    public PeerAddress From { get; private set; }

    public PeerAddress To { get; private set; }

    public SimulatedHost? Host { get; private set; }

    public Span<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Fill(in PeerAddress from, in PeerAddress to, SimulatedHost host, ReadOnlySpan<byte> datagram)
    {
        From = from;
        To = to;
        Host = host;
        _length = datagram.Length;
        if (_bytes.Length < _length)
        {
            _bytes = new byte[_length];
        }

        datagram.CopyTo(_bytes);
    }
}
