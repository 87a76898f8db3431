// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>An open file of libsndfile, with what all readers and writers do to it.</summary>
internal sealed unsafe class SndFileHandle : SafeHandle
{
    private readonly LibSndFile _library;

    private SndFileHandle(LibSndFile library, SNDFILE* file)
        : base(0, ownsHandle: true) => (_library, handle) = (library, (nint)file);

    public override bool IsInvalid => handle == 0;

    /// <summary>Whether closing, which may still write, succeeded.</summary>
    public bool ClosedWell { get; private set; }

    /// <summary>
    /// Gives <paramref name="file"/> to libsndfile, whether it succeeds or not. Throws LibraryMissing, FileInvalid, FormatUnsupported,
    /// FileUnreadable or DiskFull.
    /// </summary>
    public static SndFileHandle Open(string path, SafeFileHandle file, AudioContainer container, int mode, ref SF_INFO info)
    {
        LibSndFile library = Library(path, container);
        fixed (SF_INFO* pointer = &info)
        {
            // From here on libsndfile closes the descriptor, also when it fails: two owners would close it twice.
            SNDFILE* opened = library.sf_open_fd((int)file.DangerousGetHandle(), mode, pointer, LibSndFile.SF_TRUE);
            file.SetHandleAsInvalid();
            return opened != null
                ? new SndFileHandle(library, opened)
                : throw Error(path, library.sf_error(null), Marshal.PtrToStringUTF8((nint)library.sf_strerror(null)));
        }
    }

    /// <summary>Whether libsndfile writes such files. Throws LibraryMissing.</summary>
    public static bool CanWrite(string path, AudioContainer container, SF_INFO info) =>
        Library(path, container).sf_format_check(&info) != 0;

    private static LibSndFile Library(string path, AudioContainer container) =>
        LibSndFile.TryGet(out LibSndFile? library, out string reason)
            ? library
            : throw FileErrors.Make(AudioErrorKind.LibraryMissing, path, $"{container} files need libsndfile, and {reason}");

    /// <summary>Reads whole frames; returns how many.</summary>
    public long Read(Span<float> interleaved, int channels)
    {
        fixed (float* samples = interleaved)
        {
            long frames = _library.sf_readf_float((SNDFILE*)handle, samples, interleaved.Length / channels);
            GC.KeepAlive(this);
            return frames;
        }
    }

    /// <summary>Writes whole frames; returns how many.</summary>
    public long Write(ReadOnlySpan<float> interleaved, int channels)
    {
        fixed (float* samples = interleaved)
        {
            long frames = _library.sf_writef_float((SNDFILE*)handle, samples, interleaved.Length / channels);
            GC.KeepAlive(this);
            return frames;
        }
    }

    public bool Seek(long frame)
    {
        long reached = _library.sf_seek((SNDFILE*)handle, frame, 0);
        GC.KeepAlive(this);
        return reached == frame;
    }

    public int Command(int command, int value)
    {
        int result = _library.sf_command((SNDFILE*)handle, command, null, value);
        GC.KeepAlive(this);
        return result;
    }

    public void Sync()
    {
        _library.sf_write_sync((SNDFILE*)handle);
        GC.KeepAlive(this);
    }

    /// <summary>Whether the last call failed because the system did.</summary>
    public bool HasSystemError()
    {
        bool failed = _library.sf_error((SNDFILE*)handle) == LibSndFile.SF_ERR_SYSTEM;
        GC.KeepAlive(this);
        return failed;
    }

    /// <summary>What went wrong with the last call.</summary>
    public AudioMeshException LastError(string path)
    {
        int code = _library.sf_error((SNDFILE*)handle);
        string? text = Marshal.PtrToStringUTF8((nint)_library.sf_strerror((SNDFILE*)handle));
        GC.KeepAlive(this);
        return Error(path, code, text);
    }

    protected override bool ReleaseHandle()
    {
        ClosedWell = _library.sf_close((SNDFILE*)handle) == 0;
        return true;
    }

    // libsndfile keeps the system's words, not its errno.
    private static AudioMeshException Error(string path, int code, string? text)
    {
        string what = (text ?? "libsndfile gives no reason").TrimEnd('.', '\n');
        AudioErrorKind kind = code switch
        {
            LibSndFile.SF_ERR_SYSTEM => IsFull(what) ? AudioErrorKind.DiskFull : AudioErrorKind.FileUnreadable,
            LibSndFile.SF_ERR_UNSUPPORTED_ENCODING => AudioErrorKind.FormatUnsupported,
            _ => AudioErrorKind.FileInvalid,
        };
        return FileErrors.Make(kind, path, what);
    }

    private static bool IsFull(string what) => what.Contains(LibC.ErrorText(LibC.ENOSPC)) || what.Contains(LibC.ErrorText(LibC.EDQUOT));
}
