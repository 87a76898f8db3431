// SPDX-License-Identifier: MIT
using System.Buffers;

namespace AudioMesh.Control.Server;

/// <summary>
/// What is to be sent to one client, in order, kept until there is room. A message is written between <see cref="Begin"/> and <see cref="Finish"/>, into memory
/// that is used again and given back when it was large. One thread.
/// </summary>
internal sealed class Outbox(DescriptorSocket socket) : IBufferWriter<byte>, IDisposable
{
    private const int UsualBytes = 4096;

    /// <summary>Memory above this is given back when all is sent.</summary>
    private const int LargeBytes = 64 << 10;

    private readonly Queue<(long At, int Bytes, DescriptorExchange Descriptors)> _given = new();
    private byte[] _bytes = new byte[UsualBytes];
    private Framing _framing;
    private byte _kind;
    private long _sent;
    private int _start;
    private int _end;
    private int _written;

    /// <summary>Descriptors that are not sent yet.</summary>
    public int PendingDescriptors { get; private set; }

    /// <summary>Bytes of whole messages that are not sent yet.</summary>
    public int PendingBytes => _end - _start;

    /// <summary>When something was sent last, or when this was empty last, in ms of the system's uptime.</summary>
    public long LastProgressMs { get; private set; } = Environment.TickCount64;

    /// <summary>Begins a message, in place of one that was not finished; <paramref name="kind"/> is what a binary frame says of it.</summary>
    public void Begin(Framing framing, byte kind)
    {
        _framing = framing;
        _kind = kind;
        _written = _end;
        if (framing == Framing.Binary)
        {
            GetSpan(BinaryFrame.HeaderBytes);
            _written += BinaryFrame.HeaderBytes;
        }
    }

    /// <summary>The message is whole. Owns <paramref name="descriptors"/>, which it gives, from then on.</summary>
    public void Finish(DescriptorExchange? descriptors = null)
    {
        if (_framing == Framing.Binary)
        {
            BinaryFrame.WriteHeader(_bytes.AsSpan(_end), _kind, _written - _end - BinaryFrame.HeaderBytes);
        }
        else
        {
            this.Write("\n"u8);
        }

        Add(descriptors);
    }

    /// <summary>Adds bytes that are no message.</summary>
    public void AddBare(ReadOnlySpan<byte> bytes)
    {
        _written = _end;
        this.Write(bytes);
        Add(null);
    }

    /// <summary>Sends what there is room for; true when nothing is left. Throws IOException.</summary>
    public bool Flush()
    {
        while (PendingBytes > 0)
        {
            bool hasGiven = _given.TryPeek(out (long At, int Bytes, DescriptorExchange Descriptors) given);
            bool isGiven = hasGiven && given.At == _sent;
            int length = isGiven ? given.Bytes : hasGiven ? (int)(given.At - _sent) : PendingBytes;
            int sent = socket.Send(_bytes.AsSpan(_start, length), isGiven ? given.Descriptors.Given : []);
            if (sent < 0)
            {
                return false;
            }

            LastProgressMs = Environment.TickCount64;
            _start += sent;
            _sent += sent;
            if (isGiven)
            {
                PendingDescriptors -= given.Descriptors.Given.Count;
                given.Descriptors.Dispose();
                _given.Dequeue();
            }
        }

        (_start, _end, _written) = (0, 0, 0);
        if (_bytes.Length > LargeBytes)
        {
            _bytes = new byte[UsualBytes];
        }

        return true;
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        foreach ((_, _, DescriptorExchange descriptors) in _given)
        {
            descriptors.Dispose();
        }
    }

    private void Add(DescriptorExchange? descriptors)
    {
        if (PendingBytes == 0)
        {
            LastProgressMs = Environment.TickCount64;
        }

        if (descriptors is not null)
        {
            _given.Enqueue((_sent + PendingBytes, _written - _end, descriptors));
            PendingDescriptors += descriptors.Given.Count;
        }

        _end = _written;
    }

    // Moved to the front when that frees as much as is kept, so that moving costs no more than writing.
    private void MakeRoom(int bytes)
    {
        if (_bytes.Length - _written >= bytes)
        {
            return;
        }

        int kept = _written - _start;
        byte[] room = _start >= kept && _bytes.Length - kept >= bytes ? _bytes : new byte[Math.Max(_bytes.Length * 2, kept + bytes)];
        Buffer.BlockCopy(_bytes, _start, room, 0, kept);
        (_bytes, _end, _written, _start) = (room, _end - _start, kept, 0);
    }
}
