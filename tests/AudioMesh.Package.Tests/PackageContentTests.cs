// SPDX-License-Identifier: MIT
using System.Xml.Linq;

namespace AudioMesh.Package.Tests;

public sealed class PackageContentTests
{
    [Test]
    public void AudioMesh_depends_on_no_package()
    {
        XElement manifest = BuiltPackages.Manifest(BuiltPackages.Find("AudioMesh", ".nupkg"));

        Assert.That(manifest.Descendants("dependency"), Is.Empty);
    }

    [Test]
    public void AudioMesh_carries_an_assembly_and_its_documentation_for_each_framework()
    {
        string[] files = BuiltPackages.Files(BuiltPackages.Find("AudioMesh", ".nupkg"));

        Assert.That(files, Is.SupersetOf(new[]
        {
            "lib/net9.0/AudioMesh.dll", "lib/net9.0/AudioMesh.xml", "lib/net10.0/AudioMesh.dll", "lib/net10.0/AudioMesh.xml",
        }));
    }

    [Test]
    public void AudioMesh_carries_the_engine_library_without_its_debug_symbols()
    {
        Assume.That(BuiltPackages.HaveEngineLibrary, "without a C compiler there is no engine library to pack");
        string[] files = BuiltPackages.Files(BuiltPackages.Find("AudioMesh", ".nupkg"));
        string[] native = [.. files.Where(file => file.StartsWith("runtimes/", StringComparison.Ordinal))];

        Assert.That(native, Has.Some.Match("^runtimes/(linux|osx)-(x64|arm64)/native/libaudiomesh\\.(so|dylib)$"));
        Assert.That(native, Has.All.Match("^runtimes/(linux|osx)-(x64|arm64)/native/libaudiomesh(\\.avx2)?\\.(so|dylib)$"));
    }

    [Test]
    public void Every_package_names_its_licence_and_has_symbols_for_each_of_its_assemblies()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (string id in BuiltPackages.Ids())
            {
                string package = BuiltPackages.Find(id, ".nupkg");
                string[] symbols = BuiltPackages.Files(BuiltPackages.Find(id, ".snupkg"));
                string[] own = [.. BuiltPackages.Files(package).Where(file => IsAssemblyOf(id, Path.GetFileName(file)))];

                Assert.That((string?)BuiltPackages.Manifest(package).Element("license"), Is.EqualTo("MIT"), id);
                Assert.That(symbols, Is.SupersetOf(own.Select(file => Path.ChangeExtension(file, ".pdb"))), id);
            }
        }
    }

    [Test]
    public void All_packages_have_one_version()
    {
        Assert.That(BuiltPackages.Ids().Select(BuiltPackages.Version).Distinct().Count(), Is.EqualTo(1));
    }

    private static bool IsAssemblyOf(string id, string name) => name.Equals($"{id}.dll", StringComparison.OrdinalIgnoreCase);
}
