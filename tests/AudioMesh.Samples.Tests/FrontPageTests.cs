// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using AudioMesh.Testing;

namespace AudioMesh.Samples.Tests;

/// <summary>README.md and the documents say what is there.</summary>
internal sealed partial class FrontPageTests
{
    private static readonly string FrontPage = File.ReadAllText(Repository.PathOf("README.md"));

    [Test]
    public void The_ten_lines_are_the_tone_sample()
    {
        string[] sample = File.ReadAllLines(Repository.PathOf("samples", "Tone", "Program.cs"))[1..];
        Assert.That(FrontPage, Does.Contain($"```csharp\n{string.Join('\n', sample)}\n```"));
        Assert.That(sample.Count(line => line.Length > 0), Is.EqualTo(10));
    }

    [Test]
    public void Every_link_within_the_tree_leads_somewhere()
    {
        IEnumerable<string> documents = Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Repository.PathOf("samples"), "*.md", SearchOption.AllDirectories))
            .Append(Repository.PathOf("README.md"));
        IEnumerable<string> broken =
            from document in documents
            from Match link in Link().Matches(File.ReadAllText(document))
            let target = link.Groups[1].Value
            where !target.Contains("://") && !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target))
            select $"{Path.GetRelativePath(Repository.Root, document)}: {target}";
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Every_sample_is_in_the_list_of_samples()
    {
        string list = File.ReadAllText(Repository.PathOf("samples", "README.md"));
        IEnumerable<string> folders = Directory.GetDirectories(Repository.PathOf("samples")).Select(path => Path.GetFileName(path)!);
        Assert.That(folders.Where(folder => !list.Contains($"]({folder})")), Is.Empty);
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
