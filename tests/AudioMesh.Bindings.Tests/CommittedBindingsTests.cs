// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Verify;

namespace AudioMesh.Bindings.Tests;

public sealed class CommittedBindingsTests
{
    private static IEnumerable<string> Names => Repository.AllowListNames;

    [TestCaseSource(nameof(Names))]
    public void Committed_bindings_are_what_the_headers_say(string name)
    {
        AllowList allowList = Repository.Require(name);
        CommittedFiles.RequireEqual(Generator.Generate(allowList, Repository.Tree.BindingsDirectory), Repository.Tree.InteropDirectory(allowList));
    }

    [Test]
    public void Every_generated_file_has_an_allow_list()
    {
        IReadOnlyList<AllowList> lists = Repository.Tree.AllowLists();
        IEnumerable<string> expected = lists.SelectMany(list => new[] { $"{list.Class}.g.cs", $"{list.Class}.Types.g.cs" });
        IEnumerable<string?> committed = lists.Select(Repository.Tree.InteropDirectory).Distinct()
            .SelectMany(directory => Directory.GetFiles(directory, "*.g.cs")).Select(Path.GetFileName);
        Assert.That(committed, Is.EquivalentTo(expected));
    }

    [Test]
    public void An_edited_file_is_named_with_its_line()
    {
        using Scratch scratch = new();
        File.WriteAllText(Path.Combine(scratch.Directory, "A.g.cs"), "one\ntwo edited\n");
        Dictionary<string, string> generated = new() { ["A.g.cs"] = "one\ntwo\n" };
        BindingsException e = Assert.Throws<BindingsException>(() => CommittedFiles.RequireEqual(generated, scratch.Directory))!;
        Assert.That(e.Message, Does.Contain("A.g.cs(2)").And.Contains("two edited"));
    }
}
