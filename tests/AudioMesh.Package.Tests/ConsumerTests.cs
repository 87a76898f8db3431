// SPDX-License-Identifier: MIT
namespace AudioMesh.Package.Tests;

/// <summary>An app that knows AudioMesh only from its package. Its build makes every warning an error.</summary>
public sealed class ConsumerTests
{
    private ConsumerProject _project = null!;

    [SetUp]
    public void CreateProject() => _project = new ConsumerProject();

    [TearDown]
    public void DeleteProject() => _project.Dispose();

    [TestCase("net9.0")]
    [TestCase("net10.0")]
    public void App_runs_with_the_package_and_loads_the_engine_library(string framework)
    {
        string output = _project.Build(framework);

        AssertTakenFromPackage(Path.Combine(output, "AudioMesh.dll"), $"lib/{framework}/AudioMesh.dll");
        AssertEngineAnswers(ConsumerProject.Run("dotnet", Path.Combine(output, "Consumer.dll")));
    }

    [TestCase("PublishAot")]
    [TestCase("PublishTrimmed")]
    public void App_publishes_without_warnings_and_runs(string property)
    {
        // net9.0: NativeAOT for net10.0 needs a runtime pack that not every package source has.
        string output = _project.Publish("net9.0", property);

        AssertEngineAnswers(ConsumerProject.Run(Path.Combine(output, "Consumer")));
    }

    private static void AssertTakenFromPackage(string assembly, string file) =>
        Assert.That(File.ReadAllBytes(assembly), Is.EqualTo(BuiltPackages.Read(BuiltPackages.Find("AudioMesh", ".nupkg"), file)), assembly);

    private static void AssertEngineAnswers(Dictionary<string, string> said)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said["assembly"], Is.EqualTo($"{BuiltPackages.Version("AudioMesh")}.0"));
            Assert.That(said["abi"], Is.EqualTo("1"));
        }
    }
}
