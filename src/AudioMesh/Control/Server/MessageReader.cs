// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Control.Server;

/// <summary>
/// Takes a socket's bytes apart into messages, each with the descriptors that came with it: what is sent by one sendmsg belongs to the message its first byte is
/// of. Trusts nothing: lengths are checked first, descriptors beyond <see cref="DescriptorSocket.MaxDescriptors"/> closed. One thread.
/// </summary>
internal sealed class MessageReader(DescriptorSocket socket, Framing framing, int maxBytes) : IDisposable
{
    private const int InitialBytes = 4096;

    /// <summary>A buffer that one message made larger than this is given back after it.</summary>
    private const int LargeBytes = 64 << 10;

    private readonly List<SafeFileHandle> _descriptors = [];
    private byte[] _buffer = new byte[InitialBytes];
    private int _start;
    private int _end;
    private int _searched;

    /// <summary>How messages are told apart; unknown until the first bytes have come.</summary>
    public Framing Framing { get; private set; } = framing;

    private ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>
    /// The next whole message without its frame, valid until the next call of <see cref="Receive"/>; <paramref name="descriptors"/> is given what came with it.
    /// Throws Protocol for a message that is too long or has no sound frame; nothing after it can be read.
    /// </summary>
    public bool TryTake(out ReadOnlyMemory<byte> message, DescriptorExchange descriptors)
    {
        message = default;
        int length = MessageLength();
        if (length > Buffered.Length || length == 0)
        {
            return false;
        }

        message = Framing == Framing.Lines ? _buffer.AsMemory(_start, length - 1) : _buffer.AsMemory(_start + BinaryFrame.HeaderBytes, length - BinaryFrame.HeaderBytes);
        _start += length;
        _searched = 0;
        descriptors.Receive(_descriptors);
        _descriptors.Clear();
        return true;
    }

    /// <summary>Takes in what has come; false when there is no more now, or <paramref name="isOver"/>: the other end has closed. Throws IOException.</summary>
    public bool Receive(out bool isOver)
    {
        MakeRoom();
        Span<byte> room = _buffer.AsSpan(_end);
        int there = socket.Peek(room, out bool hasDescriptors);
        isOver = there == 0;
        if (there <= 0)
        {
            return false;
        }

        // Taken alone, the rest of a message brings the descriptors that are its own and no others.
        int taken = hasDescriptors ? RestOfMessage(room[..there]) : there;
        int received = socket.Receive(room[..taken], _descriptors);
        for (int i = DescriptorSocket.MaxDescriptors; i < _descriptors.Count; i++)
        {
            _descriptors[i].Dispose();
        }

        if (_descriptors.Count > DescriptorSocket.MaxDescriptors)
        {
            _descriptors.RemoveRange(DescriptorSocket.MaxDescriptors, _descriptors.Count - DescriptorSocket.MaxDescriptors);
        }

        _end += Math.Max(0, received);
        isOver = received == 0;
        return received > 0;
    }

    /// <summary>Closes the descriptors of a message that never became whole.</summary>
    public void Dispose() => _descriptors.ForEach(descriptor => descriptor.Dispose());

    // With its frame; 0 or more than there is while that is not known.
    private int MessageLength()
    {
        if (Framing == Framing.Unknown)
        {
            Recognise();
        }

        return Framing switch
        {
            Framing.Lines => LineLength(),
            Framing.Binary when Buffered.Length >= BinaryFrame.HeaderBytes => BinaryFrame.HeaderBytes + BinaryFrame.RequestLength(Buffered, maxBytes),
            _ => 0,
        };
    }

    private void Recognise()
    {
        int compared = Math.Min(Buffered.Length, BinaryFrame.Magic.Length);
        if (!Buffered[..compared].SequenceEqual(BinaryFrame.Magic[..compared]))
        {
            Framing = Framing.Lines;
        }
        else if (Buffered.Length >= BinaryFrame.HelloBytes)
        {
            Framing = Framing.Binary;
            _start += BinaryFrame.HelloBytes;
        }
    }

    private int LineLength()
    {
        int found = Buffered[_searched..].IndexOf((byte)'\n');
        int length = found < 0 ? 0 : _searched + found + 1;
        _searched = found < 0 ? Buffered.Length : _searched;
        return length <= maxBytes + 1 && (found >= 0 || Buffered.Length <= maxBytes)
            ? length
            : throw new AudioMeshException(AudioErrorKind.Protocol, $"A line is longer than {maxBytes} bytes.");
    }

    private int RestOfMessage(ReadOnlySpan<byte> coming)
    {
        int known = Buffered.Length;
        int rest = Framing switch
        {
            Framing.Lines => coming.IndexOf((byte)'\n') + 1,
            Framing.Unknown when known == 0 && coming[0] != BinaryFrame.Magic[0] => coming.IndexOf((byte)'\n') + 1,
            Framing.Unknown => BinaryFrame.HelloBytes - known,
            _ when known < BinaryFrame.HeaderBytes => BinaryFrame.HeaderBytes - known,
            _ => BinaryFrame.HeaderBytes + BinaryFrame.RequestLength(Buffered, maxBytes) - known,
        };
        return rest > 0 ? Math.Min(rest, coming.Length) : coming.Length;
    }

    private void MakeRoom()
    {
        Buffered.CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == 0 && _buffer.Length > LargeBytes)
        {
            _buffer = new byte[InitialBytes];
        }

        if (_end > _buffer.Length / 2)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
