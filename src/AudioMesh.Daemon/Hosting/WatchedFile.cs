// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Hosting;

/// <summary>Sees whether a file was changed or replaced, when asked.</summary>
internal sealed class WatchedFile
{
    private readonly FileInfo? _file;
    private (DateTime Written, long Bytes) _last;

    /// <summary>Sees to <paramref name="path"/>; null is a file that never changes.</summary>
    public WatchedFile(string? path)
    {
        _file = path is null ? null : new FileInfo(path);
        _last = Look();
    }

    /// <summary>Whether it is another than when last looked at, and from now on this one is; not where it is gone, which an editor may be about to mend.</summary>
    public bool HasChanged()
    {
        (DateTime Written, long Bytes) now = Look();
        bool isOther = now != _last && now.Bytes >= 0;
        _last = now;
        return isOther;
    }

    private (DateTime Written, long Bytes) Look()
    {
        _file?.Refresh();
        return _file is { Exists: true } ? (_file.LastWriteTimeUtc, _file.Length) : (default, -1);
    }
}
