// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Package.Tests;

public sealed class ToolTests
{
    [Test]
    public void Tool_installs_from_its_package_and_plays()
    {
        string folder = Directory.CreateTempSubdirectory("audiomesh-tool-").FullName;
        string version = BuiltPackages.Version("AudioMesh.Cli");
        string[] install = ["tool", "install", "AudioMesh.Cli", "--version", version, "--tool-path", folder, "--source", BuiltPackages.Folder];
        ExternalProgram.Finish(new ProcessStartInfo("dotnet", install), TimeSpan.FromMinutes(2));

        string host = BuiltPackages.HaveEngineLibrary ? "isolated" : "managed";
        string[] tone = ["tone", "--backend", "null", "--seconds", "0.2", "--host", host];
        string said = ExternalProgram.Finish(new ProcessStartInfo(Path.Combine(folder, "audiomesh"), tone), TimeSpan.FromMinutes(1));

        Assert.That(said, Does.Contain($"{host} engine").And.Contain("Played"));
        Directory.Delete(folder, recursive: true);
    }
}
