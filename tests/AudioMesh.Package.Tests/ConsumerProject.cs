// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Package.Tests;

/// <summary>An app outside the repository that takes AudioMesh from the folder of built packages.</summary>
internal sealed class ConsumerProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audiomesh-consumer-").FullName;

    public ConsumerProject()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "Consumer")))
        {
            // Its project ends in .in here, so that nothing takes it for a project of this repository.
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file).Replace(".csproj.in", ".csproj")));
        }

        // A package folder of its own, so that an AudioMesh of the same version that this machine has seen before is not taken
        // for the one just built; all other packages may come from the machine's folder.
        File.WriteAllText(Path.Combine(_folder, "NuGet.config"), $"""
            <configuration>
              <packageSources><add key="built" value="{BuiltPackages.Folder}" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages()}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Builds for <paramref name="framework"/> and returns the folder with Consumer.dll.</summary>
    public string Build(string framework) => Dotnet(framework, "build");

    /// <summary>Publishes a self-contained app with <paramref name="property"/> set, and returns the folder with the executable.</summary>
    public string Publish(string framework, string property) =>
        Dotnet(framework, "publish", "--self-contained", "--use-current-runtime", $"-p:{property}=true");

    /// <summary>What the app prints, by the first word of each line.</summary>
    public static Dictionary<string, string> Run(string program, params string[] arguments)
    {
        string output = ExternalProgram.Finish(new ProcessStartInfo(program, arguments), TimeSpan.FromMinutes(1));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).ToDictionary(words => words[0], words => words[1]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Dotnet(string framework, string verb, params string[] arguments)
    {
        string output = Path.Combine(_folder, "out");
        string[] properties = [$"-p:ConsumerFramework={framework}", $"-p:AudioMeshVersion={BuiltPackages.Version("AudioMesh")}"];
        string[] all = [verb, "-c", "Release", "-nologo", "-o", output, .. properties, .. arguments];
        ExternalProgram.Finish(new ProcessStartInfo("dotnet", all) { WorkingDirectory = _folder }, TimeSpan.FromMinutes(5));
        return output;
    }

    private static string MachinePackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
