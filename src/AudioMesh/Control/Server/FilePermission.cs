// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Interop;

namespace AudioMesh.Control.Server;

/// <summary>Whether a file lies in one of the folders that clients may name, links followed (realpath(3)).</summary>
internal static unsafe class FilePermission
{
    /// <summary>Throws PermissionDenied naming <paramref name="field"/>, also when the path leads nowhere.</summary>
    public static void Require(string path, IReadOnlyList<string> folders, string field)
    {
        string? real = path.Contains('\0') ? null : Resolve(path) ?? ResolveNew(path);
        if (real is null || !folders.Any(allowed => Resolve(allowed) is { } root && real.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal)))
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"The file {path} is not one that a client may name.")
            {
                Field = field,
                Allowed = folders.Count == 0 ? "no files" : $"files in {string.Join(", ", folders)}",
            };
        }
    }

    // Of a file that is to be made; a link to nowhere would have it made there.
    private static string? ResolveNew(string path)
    {
        string name = Path.GetFileName(path);
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".";
        return name.Length > 0 && new FileInfo(path).LinkTarget is null && Resolve(folder) is { } real ? Path.Combine(real, name) : null;
    }

    private static string? Resolve(string path)
    {
        Span<byte> resolved = stackalloc byte[LibC.PathBytes];
        fixed (byte* start = resolved)
        {
            return LibC.realpath(path, start) == null ? null : Encoding.UTF8.GetString(resolved[..resolved.IndexOf((byte)0)]);
        }
    }
}
