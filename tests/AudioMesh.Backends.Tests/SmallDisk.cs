// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Testing;

namespace AudioMesh.Backends.Tests;

/// <summary>A disk that is soon full: a tmpfs. The test is skipped where it may not be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int megabytes)
    {
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder.FullPath))
        {
            _folder.Dispose();
            Assert.Ignore("a tmpfs may not be mounted here");
        }
    }

    public string PathOf(string name) => _folder.PathOf(name);

    public void Dispose()
    {
        Run("umount", "-l", _folder.FullPath);
        _folder.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        return process.WaitForExit(10_000) && process.ExitCode == 0;
    }
}
