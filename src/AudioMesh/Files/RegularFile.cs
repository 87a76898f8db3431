// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>
/// Opens regular files and nothing else. Opening a FIFO waits for its other end, for ever if need be, unless it is opened without blocking,
/// which .NET has no way to ask for.
/// </summary>
internal static class RegularFile
{
    /// <summary>Opens for reading. Throws NotFound, PermissionDenied, FileUnreadable or InvalidArgument.</summary>
    public static SafeFileHandle OpenRead(string path)
    {
        CheckPath(path);
        return OpenExisting(path, LibC.O_RDONLY);
    }

    /// <summary>
    /// Makes an empty file for writing, also of one that is there. Throws NotFound, PermissionDenied, FileUnreadable, DiskFull or
    /// InvalidArgument.
    /// </summary>
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

            file = OpenExisting(path, LibC.O_WRONLY);
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
        int descriptor = LibC.open(path, access | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (descriptor < 0)
        {
            throw FromErrno(path, LibC.LastError);
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
        LibC.ENOENT or LibC.ENOTDIR => FileErrors.Make(AudioErrorKind.NotFound, path, "no such file"),
        LibC.EACCES or LibC.EPERM or LibC.EROFS => FileErrors.Make(AudioErrorKind.PermissionDenied, path, "the system denies access"),
        LibC.ENXIO => FileErrors.Make(AudioErrorKind.FileUnreadable, path, "not a regular file"),
        _ => FileErrors.Make(AudioErrorKind.FileUnreadable, path, LibC.ErrorText(errno)),
    };
}
