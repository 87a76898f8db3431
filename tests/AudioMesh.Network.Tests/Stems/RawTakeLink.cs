// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>One side of a connection for takes as docs/stems.md has it, written anew, with no scruples about what it sends.</summary>
internal sealed class RawTakeLink : IDisposable
{
    public const byte Hello = 1, Request = 2, Refusal = 3, Offer = 4, Begin = 5, Data = 6, End = 7;

    private const int Tag = 16;

    private readonly NetworkStream _stream;
    private readonly (AesGcm Cipher, byte[] Vector) _out;
    private readonly (AesGcm Cipher, byte[] Vector) _in;
    private ulong _sent;
    private ulong _received;

    public RawTakeLink(Socket socket, bool isServer)
    {
        _stream = new NetworkStream(socket, ownsSocket: true) { ReadTimeout = 20_000 };
        byte[] own = [.. "AMTAKES1"u8, .. RandomNumberGenerator.GetBytes(32)], other = new byte[40];
        _stream.Write(own);
        _stream.ReadExactly(other);
        byte[] salts = isServer ? [.. other[8..], .. own[8..]] : [.. own[8..], .. other[8..]];
        var (toServer, toClient) = (Derive("server", salts), Derive("client", salts));
        (_out, _in) = isServer ? (toClient, toServer) : (toServer, toClient);
    }

    public static byte[] Secret { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static SessionKey Key { get; } = SessionKey.FromSecret(Secret, "jam");

    public static Socket Open(IPEndPoint to)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        socket.Connect(to);
        return socket;
    }

    /// <summary>A client's side.</summary>
    public static RawTakeLink Connect(IPEndPoint to) => new(Open(to), isServer: false);

    public void Send(byte kind, string json) => Send(kind, Encoding.UTF8.GetBytes(json));

    public void Send(byte kind, byte[] content)
    {
        byte[] length = new byte[4], body = [kind, .. content], cipher = new byte[body.Length], tag = new byte[Tag];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        _out.Cipher.Encrypt(Nonce(_out.Vector, _sent++), body, cipher, tag, length);
        _stream.Write([.. length, .. cipher, .. tag]);
    }

    /// <summary>The next record; null where the other side has closed.</summary>
    public (byte Kind, byte[] Content)? Receive()
    {
        byte[] length = new byte[4];
        try
        {
            _stream.ReadExactly(length);
            byte[] cipher = new byte[BinaryPrimitives.ReadInt32BigEndian(length)], tag = new byte[Tag], body = new byte[cipher.Length];
            _stream.ReadExactly(cipher);
            _stream.ReadExactly(tag);
            _in.Cipher.Decrypt(Nonce(_in.Vector, _received++), cipher, tag, body, length);
            return (body[0], body[1..]);
        }
        catch (Exception e) when (e is EndOfStreamException or IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset } })
        {
            return null;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _out.Cipher.Dispose();
        _in.Cipher.Dispose();
    }

    private static (AesGcm, byte[]) Derive(string direction, byte[] salts)
    {
        byte[] session = HKDF.DeriveKey(HashAlgorithmName.SHA256, Secret, 32, "AudioMesh TOAST 1 jam"u8.ToArray(), "AudioMesh TOAST 1 key file"u8.ToArray());
        byte[] made = HKDF.Expand(HashAlgorithmName.SHA256, session, 44, [.. Encoding.UTF8.GetBytes($"AudioMesh takes 1 to {direction}"), .. salts]);
        return (new AesGcm(made.AsSpan(0, 32), Tag), made[32..]);
    }

    private static byte[] Nonce(byte[] vector, ulong number)
    {
        byte[] nonce = [.. vector];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), BinaryPrimitives.ReadUInt64BigEndian(nonce.AsSpan(4)) ^ number);
        return nonce;
    }
}
