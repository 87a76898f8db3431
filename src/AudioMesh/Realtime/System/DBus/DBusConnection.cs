// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>
/// The least of D-Bus that a question to a daemon needs: connect, authenticate as ourselves (SASL EXTERNAL), say Hello, call, read the
/// answer. One deadline bounds the whole conversation. One thread.
/// </summary>
internal sealed class DBusConnection : IDisposable
{
    private const string Bus = "org.freedesktop.DBus";
    private const int MaxLineBytes = 1024;

    private readonly Socket _socket;
    private readonly long _deadline;
    private uint _serial;

    private DBusConnection(Socket socket, int timeoutMs)
    {
        _socket = socket;
        _deadline = Stopwatch.GetTimestamp() + (timeoutMs * Stopwatch.Frequency / 1000);
    }

    /// <summary>Connects; everything done with the connection ends within <paramref name="timeoutMs"/>. Throws <see cref="DBusException"/>.</summary>
    public static DBusConnection OpenSystemBus(int timeoutMs)
    {
        DBusConnection connection = new(Connect(DBusAddress.SystemBus()), timeoutMs);
        try
        {
            connection.Authenticate();
            connection.Call(Bus, "/org/freedesktop/DBus", Bus, "Hello", "", static _ => { }).ThrowIfError();
            return connection;
        }
        catch (DBusException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Calls a method and waits for its answer, which may be an error.</summary>
    public DBusReply Call(string destination, string path, string @interface, string member, string signature, Action<DBusWriter> writeBody)
    {
        DBusWriter body = new();
        writeBody(body);
        uint serial = ++_serial;
        Send(DBusMessage.EncodeCall(serial, destination, path, @interface, member, signature, body.ToArray()));
        while (true)
        {
            if (DBusMessage.DecodeReply(ReceiveMessage(), out DBusReply reply) == serial)
            {
                return reply;
            }
        }
    }

    /// <summary>Reads a property of any integer type.</summary>
    public long GetNumber(string destination, string path, string @interface, string property)
    {
        DBusReply reply = Call(destination, path, "org.freedesktop.DBus.Properties", "Get", "ss", body =>
        {
            body.WriteString(@interface);
            body.WriteString(property);
        });
        reply.ThrowIfError();
        DBusReader reader = new(reply.Body);
        string type = reader.ReadSignature();
        return type.Length == 1 ? reader.ReadInteger(type[0]) : throw new DBusException($"{property} has the type '{type}'.");
    }

    public void Dispose() => _socket.Dispose();

    private static Socket Connect(UnixDomainSocketEndPoint server)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            socket.Connect(server);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new DBusException($"the system bus at {server} does not take connections: {e.Message}.");
        }
    }

    /// <summary>"Authentication Protocol" of the specification: our user number in decimal, as hexadecimal text.</summary>
    private void Authenticate()
    {
        string user = LibC.geteuid().ToString(CultureInfo.InvariantCulture);
        Send(Encoding.ASCII.GetBytes($"\0AUTH EXTERNAL {Convert.ToHexString(Encoding.ASCII.GetBytes(user))}\r\n"));
        string answer = ReceiveLine();
        if (!answer.StartsWith("OK ", StringComparison.Ordinal))
        {
            throw new DBusException($"the system bus does not let user {user} in: '{answer}'.");
        }

        Send("BEGIN\r\n"u8);
    }

    /// <summary>A line of the handshake; the bus sends nothing beyond it until we go on, but it is read bytewise to be sure.</summary>
    private string ReceiveLine()
    {
        byte[] line = new byte[MaxLineBytes];
        for (int length = 0; length < line.Length; length++)
        {
            Receive(line.AsSpan(length, 1));
            if (line[length] == '\n')
            {
                return Encoding.ASCII.GetString(line, 0, length).TrimEnd('\r');
            }
        }

        throw new DBusException("the system bus does not end its line.");
    }

    private byte[] ReceiveMessage()
    {
        byte[] header = new byte[DBusMessage.FixedHeaderBytes];
        Receive(header);
        byte[] message = new byte[header.Length + DBusMessage.RemainingBytes(header)];
        header.CopyTo(message, 0);
        Receive(message.AsSpan(header.Length));
        return message;
    }

    private void Receive(Span<byte> wanted)
    {
        while (wanted.Length > 0)
        {
            WaitFor(SelectMode.SelectRead);
            int received = _socket.Receive(wanted, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock) || (error == SocketError.Success && received == 0))
            {
                throw new DBusException("the system bus hung up.");
            }

            wanted = wanted[received..];
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            WaitFor(SelectMode.SelectWrite);
            int sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock))
            {
                throw new DBusException("the system bus hung up.");
            }

            bytes = bytes[sent..];
        }
    }

    private void WaitFor(SelectMode mode)
    {
        long leftUs = (_deadline - Stopwatch.GetTimestamp()) * 1_000_000 / Stopwatch.Frequency;
        if (leftUs <= 0 || !_socket.Poll((int)leftUs, mode))
        {
            throw new DBusException("no answer in time.");
        }
    }
}
