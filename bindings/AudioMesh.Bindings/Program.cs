// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Bindings;

Argument<string?> library = new("library")
{
    Description = "The allow-list to use, without .json; all when left out.",
    Arity = ArgumentArity.ZeroOrOne,
};

Command generate = new("generate", "Write src/*/Interop/*.g.cs from the allow-lists and the C headers or registry.") { library };
generate.SetAction(result => Run(() => Commands.Generate(result.GetValue(library))));

Command verify = new("verify", "Compare the committed bindings with the headers, and their layouts with a C compiler.") { library };
verify.SetAction(result => Run(() => Commands.Verify(result.GetValue(library))));

return new RootCommand("AudioMesh's bindings to C libraries.") { generate, verify }.Parse(args).Invoke();

static int Run(Func<int> command)
{
    try
    {
        return command();
    }
    catch (BindingsException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}
