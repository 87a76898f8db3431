// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Verify;

namespace AudioMesh.Bindings;

/// <summary>What the command line does.</summary>
internal static class Commands
{
    public static int Generate(string? library)
    {
        BindingsTree tree = BindingsTree.Find(Directory.GetCurrentDirectory());
        foreach (AllowList allowList in tree.AllowLists(library))
        {
            string directory = tree.InteropDirectory(allowList);
            Directory.CreateDirectory(directory);
            foreach ((string file, string text) in Generator.Generate(allowList, tree.BindingsDirectory))
            {
                File.WriteAllText(Path.Combine(directory, file), text);
                Console.WriteLine($"{allowList.Name}: wrote {file}");
            }
        }

        return 0;
    }

    public static int Verify(string? library)
    {
        BindingsTree tree = BindingsTree.Find(Directory.GetCurrentDirectory());
        foreach (AllowList allowList in tree.AllowLists(library))
        {
            CommittedFiles.RequireEqual(Generator.Generate(allowList, tree.BindingsDirectory), tree.InteropDirectory(allowList));
            IReadOnlyList<string> asked = CompilerCheck.Run(allowList, tree.BindingsDirectory);
            if (allowList.Abi is not null)
            {
                AbiRecord.Load(allowList, tree.BindingsDirectory).Check(tree.BindingsDirectory);
                asked = [.. asked, allowList.Abi];
            }

            Console.WriteLine($"{allowList.Name}: as committed; agrees with {string.Join(", ", asked)}");
        }

        return 0;
    }
}
