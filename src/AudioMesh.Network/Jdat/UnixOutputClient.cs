// SPDX-License-Identifier: MIT
using System.Net.Sockets;

namespace AudioMesh.Network.Jdat;

/// <summary>One listener at a Unix socket, and what it has not taken yet.</summary>
internal sealed class UnixOutputClient(Socket socket) : IDisposable
{
    private const int RoomBytes = 1 << 20;
    private const int StalledMs = 10_000;

    private readonly byte[] _waiting = new byte[RoomBytes];
    private int _waitingBytes;
    private long _progressAt = Environment.TickCount64;

    /// <summary>Whether it has gone.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether it has taken nothing for ten seconds though there was something.</summary>
    public bool IsStalled => _waitingBytes > 0 && Environment.TickCount64 - _progressAt > StalledMs;

    /// <summary>Sends a line, the rest of it later; false when it is too far behind and does not get it.</summary>
    public bool TrySend(ReadOnlySpan<byte> line)
    {
        if (!IsGone)
        {
            Flush();
        }

        if (IsGone || line.Length > RoomBytes - _waitingBytes)
        {
            return IsGone;
        }

        if (_waitingBytes == 0)
        {
            line = line[Push(line)..];
        }

        line.CopyTo(_waiting.AsSpan(_waitingBytes));
        _waitingBytes += line.Length;
        return true;
    }

    /// <summary>Sends what it takes of what waits.</summary>
    public void Flush()
    {
        if (_waitingBytes == 0)
        {
            _progressAt = Environment.TickCount64;
            return;
        }

        int sent = Push(_waiting.AsSpan(0, _waitingBytes));
        if (sent > 0)
        {
            _waiting.AsSpan(sent, _waitingBytes - sent).CopyTo(_waiting);
            _waitingBytes -= sent;
            _progressAt = Environment.TickCount64;
        }
    }

    public void Dispose() => socket.Dispose();

    private int Push(ReadOnlySpan<byte> bytes)
    {
        int sent = socket.Send(bytes, SocketFlags.None, out SocketError error);
        IsGone |= error is not (SocketError.Success or SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted);
        return error == SocketError.Success ? sent : 0;
    }
}
