// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>Turns what the system throws about sidecars and project files into errors that name the file.</summary>
internal static class TakeFiles
{
    private const int NoSpace = 28;
    private const int NoQuota = 122;

    public static bool IsFromSystem(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;

    public static AudioMeshException From(string path, Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException => new(AudioErrorKind.NotFound, $"{path}: no such file or folder.", cause),
        UnauthorizedAccessException => new(AudioErrorKind.PermissionDenied, $"{path}: the system denies access.", cause),
        IOException { HResult: NoSpace or NoQuota } => new(AudioErrorKind.DiskFull, $"{path}: no room left on the disk.", cause),
        _ => new(AudioErrorKind.FileUnreadable, $"{path}: {cause.Message.TrimEnd('.')}.", cause),
    };

    public static AudioMeshException Invalid(string path, string what) => new(AudioErrorKind.FileInvalid, $"{path}: {what}.");
}
