// SPDX-License-Identifier: MIT
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Realtime;

/// <summary>Where a ring lies: in pages of its own, in a mapped file, behind a descriptor, or in memory of somebody else's.</summary>
internal sealed unsafe class RingMemory : SafeHandle
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly string? _pathToRemove;

    private RingMemory(void* address, long bytes, bool owned, SafeFileHandle? descriptor = null)
        : base(0, owned)
    {
        SetHandle((nint)address);
        Descriptor = descriptor;
        Bytes = bytes;
    }

    private RingMemory(MemoryMappedFile file, long bytes, string? pathToRemove)
        : base(0, ownsHandle: true)
    {
        _file = file;
        _pathToRemove = pathToRemove;
        _view = file.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.ReadWrite);
        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        SetHandle((nint)address);
        Bytes = bytes;
    }

    public long Bytes { get; }

    /// <summary>The memory file it was made in; null for any other.</summary>
    public SafeFileHandle? Descriptor { get; }

    public string? PathToRemove => _pathToRemove;

    public override bool IsInvalid => handle == 0;

    public static RingMemory Allocate(long bytes) => new(RealtimeMemory.Allocate((nuint)bytes), bytes, owned: true);

    public static RingMemory Borrow(void* address, long bytes) => new(address, bytes, owned: false);

    public static RingMemory CreateMemFd(long bytes)
    {
        SafeFileHandle file = RingDescriptor.Create(bytes);
        try
        {
            return new(RingDescriptor.Map(file, bytes), bytes, owned: true, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Maps somebody else's descriptor, which stays the caller's to close; for a ring of <paramref name="bytesNeeded"/>.</summary>
    public static RingMemory FromDescriptor(SafeFileHandle file, long bytesNeeded)
    {
        long bytes = RingDescriptor.Take(file, bytesNeeded);
        return new(RingDescriptor.Map(file, bytes), bytes, owned: true);
    }

    public static RingMemory CreateFile(string path, long bytes)
    {
        FileStreamOptions options = Options(FileMode.CreateNew);
        options.PreallocationSize = bytes;
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return Map(path, options, bytes);
    }

    public static RingMemory OpenFile(string path) => Map(path, Options(FileMode.Open), newBytes: 0);

    protected override bool ReleaseHandle()
    {
        if (_view is null)
        {
            RealtimeMemory.Free((void*)handle, (nuint)Bytes);
            if (Descriptor is not null)
            {
                RingDescriptor.Empty(Descriptor, Bytes);
                Descriptor.Dispose();
            }

            return true;
        }

        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
        return _pathToRemove is null || TryRemove(_pathToRemove);
    }

    private static bool TryRemove(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStreamOptions Options(FileMode mode) => new()
    {
        Mode = mode,
        Access = FileAccess.ReadWrite,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
    };

    private static RingMemory Map(string path, FileStreamOptions options, long newBytes)
    {
        try
        {
            using FileStream stream = new(path, options);
            if (newBytes > 0)
            {
                stream.SetLength(newBytes);
            }

            long bytes = stream.Length;
            if (bytes == 0)
            {
                throw new AudioMeshException(AudioErrorKind.Protocol, $"{path} is empty: no ring is in it.");
            }

            MemoryMappedFile file = MemoryMappedFile.CreateFromFile(
                stream, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            return new RingMemory(file, bytes, newBytes > 0 ? path : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(KindOf(error, path, newBytes > 0), $"Cannot open ring {path}: {error.Message}", error);
        }
    }

    private static AudioErrorKind KindOf(Exception error, string path, bool creating) => error switch
    {
        UnauthorizedAccessException => AudioErrorKind.PermissionDenied,
        FileNotFoundException or DirectoryNotFoundException => AudioErrorKind.NotFound,
        _ when creating && Path.Exists(path) => AudioErrorKind.DeviceBusy,
        _ when creating => AudioErrorKind.DiskFull,
        _ => AudioErrorKind.FileUnreadable,
    };
}
