// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace AudioMesh.Bindings.Tests;

/// <summary>A shared library compiled from C for one test; ends the test as ignored where there is no compiler.</summary>
internal sealed class StandIn : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("audiomesh-stand-in-").FullName;

    public StandIn(string source)
    {
        Path = System.IO.Path.Combine(_directory, "libstandin.so");
        ProcessStartInfo start = new("cc", ["-shared", "-fPIC", "-fno-builtin", "-x", "c", "-o", Path, "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Write(source);
            process.StandardInput.Close();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, errors);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("no C compiler (cc) is installed");
        }
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
