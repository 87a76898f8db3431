// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net.Sockets;
using AudioMesh.Interop;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Control.Server;

/// <summary>The socket a server listens at: made, with its file, or handed over by who started the process.</summary>
internal sealed class ListeningSocket : IDisposable
{
    private const int Backlog = 64;
    private const int LockLimitMs = 2000;

    private readonly string? _path;

    /// <summary>
    /// Listens at <paramref name="path"/>, in the place of what a dead server left there. Throws DeviceBusy when another answers there, InvalidArgument when what is
    /// there is no socket, NotFound for the group, PermissionDenied when the system refuses.
    /// </summary>
    public ListeningSocket(string path, ControlServerOptions options)
    {
        if (options.Listener is { } listener)
        {
            Socket = new Socket(listener);
            return;
        }

        _path = Path.GetFullPath(path);
        Socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Who looks whether somebody answers, and removes what is there, is alone in the folder meanwhile.
            using SafeFileHandle? turn = LockFolder(_path);
            RemoveStale(_path);
            Socket.Bind(new UnixDomainSocketEndPoint(_path));
            SetAccess(_path, options);
            Socket.Listen(Backlog);
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Socket.Dispose();
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"Cannot listen at {path}: {error.Message}", error);
        }
        catch
        {
            Socket.Dispose();
            throw;
        }
    }

    public Socket Socket { get; }

    /// <summary>Removes the file first, so that nobody takes it for another's.</summary>
    public void Dispose()
    {
        if (_path is not null)
        {
            File.Delete(_path);
        }

        Socket.Dispose();
    }

    // A folder that cannot be locked, as on some network file systems, is used without.
    private static SafeFileHandle? LockFolder(string path)
    {
        int fd = LibC.open(Path.GetDirectoryName(path)!, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0)
        {
            return null;
        }

        SafeFileHandle folder = new(fd, ownsHandle: true);
        long deadline = Environment.TickCount64 + LockLimitMs;
        while (LibC.flock(fd, LibC.LOCK_EX | LibC.LOCK_NB) != 0 && LibC.LastError == LibC.EAGAIN)
        {
            if (Environment.TickCount64 > deadline)
            {
                folder.Dispose();
                throw new AudioMeshException(AudioErrorKind.DeviceBusy, $"Another engine is about to listen at {path}.");
            }

            Thread.Sleep(10);
        }

        return folder;
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
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            RequireSocket(path);
            File.Delete(path);
            return;
        }

        throw new AudioMeshException(AudioErrorKind.DeviceBusy, $"Another engine answers at {path}.");
    }

    // A socket's file is the one that cannot be opened by name.
    private static void RequireSocket(string path)
    {
        int fd = LibC.open(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (fd >= 0)
        {
            LibC.close(fd);
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{path} is there, and is no socket: it is left alone.") { Field = "path" };
        }
    }

    private static void SetAccess(string path, ControlServerOptions options)
    {
        if (options.SocketGroup is { } group && LibC.chown(path, uint.MaxValue, GroupNumber(group)) != 0)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"{path} cannot be given to the group {group}: {LibC.ErrorText(LibC.LastError)}.");
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, options.SocketMode);
        }
    }

    private static unsafe uint GroupNumber(string name)
    {
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return number;
        }

        LibC.Group group;
        LibC.Group* found;
        byte[] buffer = new byte[64 << 10];
        fixed (byte* start = buffer)
        {
            return LibC.getgrnam_r(name, &group, start, (nuint)buffer.Length, &found) == 0 && found != null
                ? found->Id
                : throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no group '{name}'.") { Field = "socket_group" };
        }
    }
}
