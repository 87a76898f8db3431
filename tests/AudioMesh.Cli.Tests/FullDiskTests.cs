// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>A disk that fills up: a small tmpfs, which needs the right to mount.</summary>
[Platform("Linux")]
internal sealed class FullDiskTests
{
    [Test]
    public void Record_says_so_and_keeps_what_fitted()
    {
        using TemporaryFolder folder = new();
        if (Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.FullPath) != 0)
        {
            Assert.Ignore("cannot mount a small disk");
        }

        try
        {
            string path = folder.PathOf("take.wav");
            CliResult result = Cli.Run("record", path, "--backend", "null", "--format", "f32", "--seconds", "20");
            Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
            Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain(path));
            Assert.That(Sounds.ReadAll(path), Has.Length.GreaterThan(40_000));
        }
        finally
        {
            Run("umount", folder.FullPath);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
