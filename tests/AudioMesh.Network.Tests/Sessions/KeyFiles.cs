// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>Files with keys for tests.</summary>
internal static class KeyFiles
{
    public static string Write(TemporaryFolder folder, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = folder.PathOf("key");
        File.WriteAllBytes(path, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }
}
