// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>A client of the daemon that knows nothing but its socket: bytes, and descriptors by SCM_RIGHTS.</summary>
internal sealed unsafe partial class RawClient : IDisposable
{
    private const int LimitMs = 30_000;
    private const int MostDescriptors = 64;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<byte> _bytes = [];

    public RawClient(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _socket.ReceiveTimeout = LimitMs;
        _socket.SendTimeout = LimitMs;
    }

    /// <summary>The events that came before the replies read so far.</summary>
    public Queue<JsonElement> Events { get; } = new();

    /// <summary>What came beside the bytes read so far.</summary>
    public Queue<SafeFileHandle> Descriptors { get; } = new();

    /// <summary>Bytes that the system keeps for this end and that were not read yet.</summary>
    public int Available => _socket.Available;

    public void Send(string text, params SafeHandle[] descriptors) => Send(Encoding.UTF8.GetBytes(text), descriptors);

    /// <summary>One sendmsg with <paramref name="descriptors"/>, and more where the system takes part of the bytes.</summary>
    public void Send(ReadOnlySpan<byte> bytes, params SafeHandle[] descriptors)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[SendSome(bytes, descriptors)..];
            descriptors = [];
        }
    }

    /// <summary>Sends a line, and answers the next line that is no event.</summary>
    public JsonElement Ask(string request, params SafeHandle[] descriptors)
    {
        Send(request + "\n", descriptors);
        return ReadReply();
    }

    public JsonElement ReadReply()
    {
        while (true)
        {
            JsonElement line = Parse(ReadLine() ?? throw new IOException("The daemon closed the connection."));
            if (!line.TryGetProperty("event", out _))
            {
                return line;
            }

            Events.Enqueue(line);
        }
    }

    /// <summary>The next event; no reply may be awaited.</summary>
    public JsonElement ReadEvent() => Events.TryDequeue(out JsonElement next) ? next : Parse(ReadLine() ?? throw new IOException("The daemon closed the connection."));

    /// <summary>The next line; null when the daemon has closed the connection. Throws SocketException after half a minute without one.</summary>
    public string? ReadLine()
    {
        int end;
        while ((end = _bytes.IndexOf((byte)'\n')) < 0)
        {
            if (!Receive())
            {
                return null;
            }
        }

        string line = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_bytes)[..end]);
        _bytes.RemoveRange(0, end + 1);
        return line;
    }

    /// <summary>So many bytes; null when the daemon closes the connection before.</summary>
    public byte[]? ReadBytes(int count)
    {
        while (_bytes.Count < count)
        {
            if (!Receive())
            {
                return null;
            }
        }

        byte[] bytes = [.. _bytes.Take(count)];
        _bytes.RemoveRange(0, count);
        return bytes;
    }

    /// <summary>Says that no more comes, as <c>nc -N</c> does.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        _socket.Dispose();
        while (Descriptors.TryDequeue(out SafeFileHandle? rest))
        {
            rest.Dispose();
        }
    }

    public static JsonElement Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    private int SendSome(ReadOnlySpan<byte> bytes, SafeHandle[] descriptors)
    {
        if (descriptors.Length == 0)
        {
            return _socket.Send(bytes);
        }

        byte[] control = new byte[16 + (((descriptors.Length * 4) + 7) & ~7)];
        MemoryMarshal.Write(control, (ulong)(16 + (descriptors.Length * 4)));
        MemoryMarshal.Write(control.AsSpan(8), 1);
        MemoryMarshal.Write(control.AsSpan(12), 1);
        for (int i = 0; i < descriptors.Length; i++)
        {
            MemoryMarshal.Write(control.AsSpan(16 + (i * 4)), (int)descriptors[i].DangerousGetHandle());
        }

        fixed (byte* start = bytes)
        fixed (byte* controlStart = control)
        {
            Vector vector = new() { Base = start, Bytes = bytes.Length };
            Message message = new() { Vectors = &vector, VectorCount = 1, Control = controlStart, ControlBytes = control.Length };
            nint sent = sendmsg(_socket.Handle, &message, 0);
            Assert.That((long)sent, Is.Positive, "sendmsg failed");
            return (int)sent;
        }
    }

    private bool Receive()
    {
        Assert.That(_socket.Poll(LimitMs * 1000, SelectMode.SelectRead), "the daemon says nothing for half a minute");
        byte[] buffer = new byte[64 << 10];
        byte[] control = new byte[16 + (MostDescriptors * 4)];
        nint received;
        Message message;
        fixed (byte* start = buffer)
        fixed (byte* controlStart = control)
        {
            Vector vector = new() { Base = start, Bytes = buffer.Length };
            message = new Message { Vectors = &vector, VectorCount = 1, Control = controlStart, ControlBytes = control.Length };
            received = recvmsg(_socket.Handle, &message, 0);
        }

        if (received > 0 && message.ControlBytes >= 16)
        {
            int count = (int)((MemoryMarshal.Read<long>(control) - 16) / 4);
            for (int i = 0; i < count; i++)
            {
                Descriptors.Enqueue(new SafeFileHandle(MemoryMarshal.Read<int>(control.AsSpan(16 + (i * 4))), ownsHandle: true));
            }
        }

        _bytes.AddRange(buffer.AsSpan(0, (int)Math.Max(0, received)));
        return received > 0;
    }

    [LibraryImport("libc")]
    private static partial nint sendmsg(nint socket, Message* message, int flags);

    [LibraryImport("libc")]
    private static partial nint recvmsg(nint socket, Message* message, int flags);

    private struct Vector
    {
        public byte* Base;
        public nint Bytes;
    }

    private struct Message
    {
        public nint Name;
        public nint NameBytes;
        public Vector* Vectors;
        public nint VectorCount;
        public byte* Control;
        public nint ControlBytes;
        public nint Flags;
    }
}
