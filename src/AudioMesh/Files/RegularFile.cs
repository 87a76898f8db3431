// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>
/// Opens regular files and nothing else. Opening a FIFO waits for its other end, for ever if need be, unless it is opened without blocking,
/// which .NET has no way to ask for.
/// </summary>
internal static partial class RegularFile
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int NoSuchFile = 2;
    private const int NoSuchReader = 6;
    private const int AccessDenied = 13;
    private const int NotADirectory = 20;
    private const int NotPermitted = 1;
    private const int ReadOnlyFileSystem = 30;

    private static int NonBlocking => OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Opens for reading. Throws NotFound, PermissionDenied, FileUnreadable or InvalidArgument.</summary>
    public static SafeFileHandle OpenRead(string path)
    {
        CheckPath(path);
        return OpenExisting(path, ReadOnly);
    }

    /// <summary>Makes an empty file for writing, also of one that is there. Throws NotFound, PermissionDenied, FileUnreadable, DiskFull or InvalidArgument.</summary>
    public static SafeFileHandle Create(string path)
    {
        CheckPath(path);
        SafeFileHandle? file = null;
        try
        {
            if (!File.Exists(path))
            {
                // FileShare.ReadWrite takes no lock, so that a recording can be listened to while it grows.
                return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
            }

            file = OpenExisting(path, WriteOnly);
            RandomAccess.SetLength(file, 0);
            return file;
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            file?.Dispose();
            throw FileErrors.From(path, e);
        }
    }

    private static void CheckPath(string path)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0'))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"'{path}' is not a path.");
        }

        if (Directory.Exists(path))
        {
            throw FileErrors.Make(AudioErrorKind.FileUnreadable, path, "is a directory");
        }
    }

    private static SafeFileHandle OpenExisting(string path, int access)
    {
        int descriptor = Open(path, access | NonBlocking | CloseOnExec);
        if (descriptor < 0)
        {
            throw FromErrno(path, Marshal.GetLastPInvokeError());
        }

        SafeFileHandle file = new(descriptor, ownsHandle: true);
        try
        {
            // Throws NotSupportedException for what cannot seek: pipes, sockets, terminals.
            _ = RandomAccess.GetLength(file);
            return file;
        }
        catch (Exception e) when (FileErrors.IsFromSystem(e))
        {
            file.Dispose();
            throw FileErrors.From(path, e);
        }
    }

    private static AudioMeshException FromErrno(string path, int errno) => errno switch
    {
        NoSuchFile or NotADirectory => FileErrors.Make(AudioErrorKind.NotFound, path, "no such file"),
        AccessDenied or NotPermitted or ReadOnlyFileSystem => FileErrors.Make(AudioErrorKind.PermissionDenied, path, "the system denies access"),
        NoSuchReader => FileErrors.Make(AudioErrorKind.FileUnreadable, path, "not a regular file"),
        _ => FileErrors.Make(AudioErrorKind.FileUnreadable, path, Marshal.GetPInvokeErrorMessage(errno)),
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
