// SPDX-License-Identifier: MIT
using System.Net.Sockets;

namespace AudioMesh.Network.Jdat;

/// <summary>A Unix socket that only its owner may open, for others to connect to. Its file goes with it.</summary>
internal sealed class UnixListener : IDisposable
{
    private readonly string _path;
    private readonly Socket _socket;

    /// <summary>Listens. A file that a dead process left there is replaced.</summary>
    /// <exception cref="AudioMeshException">DeviceBusy: somebody answers there; FileUnreadable: another file is there; PermissionDenied, InvalidArgument.</exception>
    public UnixListener(string path)
    {
        _path = Path.GetFullPath(path);
        RemoveStale(_path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            _socket.Bind(new UnixDomainSocketEndPoint(_path));
            if (!OperatingSystem.IsWindows())
            {
                // Before anybody can connect, which is from listening on.
                File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            _socket.Listen(16);
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            _socket.Dispose();
            AudioErrorKind kind = error is ArgumentException ? AudioErrorKind.InvalidArgument : AudioErrorKind.PermissionDenied;
            throw new AudioMeshException(kind, $"Cannot listen at {_path}: {error.Message}", error);
        }
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>Who wants to connect now, or null. Does not wait.</summary>
    public Socket? Accept()
    {
        if (!_socket.Poll(0, SelectMode.SelectRead))
        {
            return null;
        }

        try
        {
            Socket client = _socket.Accept();
            client.Blocking = false;
            return client;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its folder went before it.
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            if (!IsSocket(path))
            {
                throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{path} is there already, and no socket.");
            }

            File.Delete(path);
            return;
        }

        throw new AudioMeshException(AudioErrorKind.DeviceBusy, $"Somebody else listens at {path}.");
    }

    // The system opens no socket as a file, whoever asks.
    private static bool IsSocket(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
