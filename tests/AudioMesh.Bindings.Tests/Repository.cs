// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings.Tests;

/// <summary>The repository under test.</summary>
internal static class Repository
{
    public static BindingsTree Tree { get; } = BindingsTree.Find(TestContext.CurrentContext.TestDirectory);

    public static IEnumerable<string> AllowListNames => Tree.AllowLists().Select(list => list.Name);

    /// <summary>The allow-list called <paramref name="name"/>; ends the test as ignored where libclang or the headers are missing.</summary>
    public static AllowList Require(string name)
    {
        AllowList allowList = Tree.AllowLists(name).Single();
        if (!Generator.CanGenerate(allowList, Tree.BindingsDirectory, out string? reason))
        {
            Assert.Ignore(reason);
        }

        return allowList;
    }
}
