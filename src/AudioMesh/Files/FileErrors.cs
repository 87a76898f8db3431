// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Files;

/// <summary>Turns what the system throws about files into <see cref="AudioMeshException"/>s that name the file.</summary>
internal static class FileErrors
{
    public static AudioMeshException Make(AudioErrorKind kind, string path, string what, Exception? cause = null) =>
        new(kind, $"{path}: {what}.", cause);

    public static AudioMeshException Invalid(string path, string what) => Make(AudioErrorKind.FileInvalid, path, what);

    public static AudioMeshException Unsupported(string path, string what) => Make(AudioErrorKind.FormatUnsupported, path, what);

    public static AudioMeshException Closed(string path) => Make(AudioErrorKind.InvalidState, path, "is closed already");

    /// <summary>
    /// Whether <paramref name="exception"/> is one the system throws about files. EFBIG comes as ArgumentOutOfRangeException.
    /// </summary>
    public static bool IsFromSystem(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentOutOfRangeException;

    public static AudioMeshException From(string path, Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException => Make(AudioErrorKind.NotFound, path, "no such file or folder", cause),
        UnauthorizedAccessException => Make(AudioErrorKind.PermissionDenied, path, "the system denies access", cause),
        ArgumentOutOfRangeException => Make(AudioErrorKind.DiskFull, path, "larger than the file system allows", cause),
        NotSupportedException => Make(AudioErrorKind.FileUnreadable, path, "not a regular file", cause),
        IOException when IsFull(cause.HResult) => Make(AudioErrorKind.DiskFull, path, "no room left on the disk", cause),
        _ => Make(AudioErrorKind.FileUnreadable, path, cause.Message.TrimEnd('.'), cause),
    };

    // Where .NET has no exception of its own for an errno it passes it on as HResult.
    private static bool IsFull(int errno) => errno == LibC.ENOSPC || errno == LibC.EDQUOT;
}
