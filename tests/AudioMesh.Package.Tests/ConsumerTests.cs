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
    public void App_plays_through_the_engine_library_of_the_package(string framework)
    {
        string output = _project.Build(framework);

        AssertTakenFromPackage(Path.Combine(output, "AudioMesh.dll"), $"lib/{framework}/AudioMesh.dll");
        AssertPlayed(ConsumerProject.Run("dotnet", Path.Combine(output, "Consumer.dll")), output);
    }

    [TestCase("PublishAot")]
    [TestCase("PublishTrimmed")]
    public void App_publishes_without_warnings_and_plays(string property)
    {
        // net9.0: NativeAOT for net10.0 needs a runtime pack that not every package source has.
        string output = _project.Publish("net9.0", property);

        AssertPlayed(ConsumerProject.Run(Path.Combine(output, "Consumer")), output);
    }

    private static void AssertTakenFromPackage(string assembly, string file) =>
        Assert.That(File.ReadAllBytes(assembly), Is.EqualTo(BuiltPackages.Read(BuiltPackages.Find("AudioMesh", ".nupkg"), file)), assembly);

    private static void AssertPlayed(Dictionary<string, string> said, string output)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said["version"], Is.EqualTo(BuiltPackages.Version("AudioMesh")));
            Assert.That(double.Parse(said["peak_db"]), Is.EqualTo(-6.02).Within(0.1), "the level of the sine that the app wrote");
            Assert.That(int.Parse(said["periods"]), Is.GreaterThan(0));
            if (BuiltPackages.HaveEngineLibrary)
            {
                Assert.That(said["hosting"], Is.EqualTo("Isolated"));
                Assert.That(said["library"], Does.StartWith(output));
            }
            else
            {
                Assert.That(said["hosting"], Is.EqualTo("Managed"));
            }
        }
    }
}
