// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Xml.Linq;

namespace AudioMesh.Package.Tests;

/// <summary>What <c>./build.sh pack</c> left in artifacts/packages.</summary>
internal static class BuiltPackages
{
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "artifacts", "packages");

    /// <summary>Whether there was a C compiler to link libaudiomesh with.</summary>
    public static bool HaveEngineLibrary => Directory.Exists(Path.Combine(Folder, "..", "native"));

    /// <summary>The ids of the libraries and tools there.</summary>
    public static string[] Ids()
    {
        string[] files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.nupkg") : [];
        Assert.That(files, Is.Not.Empty, $"{Folder} has no packages: run ./build.sh pack");
        return [.. files.Select(file => (string)Manifest(file).Element("id")!)];
    }

    public static string Version(string id) => (string)Manifest(Find(id, ".nupkg")).Element("version")!;

    public static string Find(string id, string extension)
    {
        string[] found = [.. Directory.GetFiles(Folder, $"{id}.*{extension}")
            .Where(file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1]))];
        Assert.That(found, Has.Length.EqualTo(1), $"{Folder}/{id}.*{extension}");
        return found[0];
    }

    public static string[] Files(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    public static byte[] Read(string package, string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream stream = archive.GetEntry(file)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The metadata of a package's nuspec, without its namespace.</summary>
    public static XElement Manifest(string package)
    {
        string nuspec = Files(package).Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal));
        using MemoryStream text = new(Read(package, nuspec));
        XElement root = XDocument.Load(text).Root!;
        foreach (XElement element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root.Element("metadata")!;
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AudioMesh.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
