// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Hosting;

/// <summary>Sees whether a file was changed or replaced, when asked.</summary>
internal sealed class WatchedFile(string? path)
{
    private (DateTime Written, long Bytes) _last = LookAt(path);

    /// <summary>Whether it is another than when last looked at, and from now on this one is; not where it is gone, which an editor may be about to mend.</summary>
    public bool HasChanged()
    {
        (DateTime Written, long Bytes) now = LookAt(path);
        bool isOther = now != _last && now.Bytes >= 0;
        _last = now;
        return isOther;
    }

    private static (DateTime Written, long Bytes) LookAt(string? path)
    {
        FileInfo? file = path is null ? null : new FileInfo(path);
        return file is { Exists: true } ? (file.LastWriteTimeUtc, file.Length) : (default, -1);
    }
}
