// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Bus;

/// <summary>What comes from one other member: segments put into order, pieces into messages. Under the gate.</summary>
internal sealed class BusInbound
{
    private readonly byte[]?[] _early = new byte[]?[BusBody.Window];
    private readonly List<byte> _message = [];
    private uint _epoch;
    private uint _next;
    private bool _isInMessage;

    /// <summary>Whether something came that has to be acknowledged.</summary>
    public bool OwesAck { get; private set; }

    /// <summary>Messages that broke the rules of pieces.</summary>
    public long Refused { get; private set; }

    private bool IsBroken { get; set; }

    /// <summary>Takes a body, and gives each message that is whole now to <paramref name="take"/>.</summary>
    public void Take(ReadOnlySpan<byte> body, Action<byte[]> take)
    {
        if (!BusBody.TryRead(body, out BusBody header, out ReadOnlySpan<byte> pieces) || header.Epoch < _epoch)
        {
            return;
        }

        if (header.Epoch > _epoch)
        {
            Begin(header.Epoch);
        }

        OwesAck = true;
        IsBroken = header.Oldest > _next;
        if (IsBroken || header.Sequence < _next || header.Sequence - _next >= BusBody.Window)
        {
            return;
        }

        _early[header.Sequence % BusBody.Window] ??= pieces.ToArray();
        while (_early[_next % BusBody.Window] is { } segment)
        {
            _early[_next % BusBody.Window] = null;
            _next++;
            Join(segment, take);
        }
    }

    public BusAckBody Acknowledge(ulong receiver)
    {
        OwesAck = false;
        ulong beyond = 0;
        for (uint i = 0; i < BusBody.Window - 1; i++)
        {
            beyond |= _early[(_next + 1 + i) % BusBody.Window] is null ? 0 : 1UL << (int)i;
        }

        return new BusAckBody(receiver, _epoch, _next, beyond, IsBroken);
    }

    private void Begin(uint epoch)
    {
        (_epoch, _next, _isInMessage) = (epoch, 0, false);
        Array.Clear(_early);
        _message.Clear();
    }

    private void Join(ReadOnlySpan<byte> pieces, Action<byte[]> take)
    {
        while (BusBody.TryTakePiece(ref pieces, out ReadOnlySpan<byte> piece, out bool isFirst, out bool isLast))
        {
            if (isFirst)
            {
                Refused += _isInMessage ? 1 : 0;
                _message.Clear();
                _isInMessage = true;
            }

            if (_isInMessage && _message.Count + piece.Length > FrameWriter.MostBytes)
            {
                Refused++;
                _isInMessage = false;
            }

            if (!_isInMessage)
            {
                Refused += isFirst ? 0 : 1;
                continue;
            }

            _message.AddRange(piece);
            if (isLast)
            {
                _isInMessage = false;
                take([.. _message]);
            }
        }
    }
}
