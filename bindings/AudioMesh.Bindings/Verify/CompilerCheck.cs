// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using AudioMesh.Bindings.Clang;
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Verify;

/// <summary>Holds sizes, offsets and values against compilers: libclang for every target, and this machine's own if it has one.</summary>
public static class CompilerCheck
{
    private static readonly string[] MachineCompilers = ["gcc", "clang", "cc"];

    /// <summary>
    /// Throws where a compiler disagrees, naming what with. <paramref name="measured"/> are the structs as C# really lays them out;
    /// without it they are taken as the generator describes them. Returns who was asked.
    /// </summary>
    public static IReadOnlyList<string> Run(AllowList allowList, string bindingsDirectory, IReadOnlyList<MeasuredStruct>? measured = null)
    {
        LibraryModel model = Generator.ReadModel(allowList, bindingsDirectory);
        IEnumerable<string> recorded = allowList.Abi is null ? [] : AbiRecord.Load(allowList, bindingsDirectory).FunctionAssertions();
        string source = Assertions.Write(allowList, model, measured ?? Assertions.Described(model), recorded);
        List<string> asked = [];
        foreach (string? target in Generator.Targets(allowList))
        {
            using HeaderSet headers = HeaderSet.For(allowList, bindingsDirectory, target);
            TranslationUnit.Parse($"{allowList.Name} layouts", source, headers.Arguments).Dispose();
            asked.Add($"libclang for {target ?? "this machine"}");
        }

        if (IsThisMachine(allowList) && AskMachineCompiler(allowList, bindingsDirectory, source) is string compiler)
        {
            asked.Add(compiler);
        }

        return asked;
    }

    private static bool IsThisMachine(AllowList allowList)
    {
        string architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";
        return allowList.Targets.Count == 0 || (OperatingSystem.IsLinux() && allowList.Targets.Contains($"{architecture}-linux-gnu"));
    }

    private static string? AskMachineCompiler(AllowList allowList, string bindingsDirectory, string source)
    {
        foreach (string compiler in MachineCompilers)
        {
            ProcessStartInfo start = new(compiler, ["-x", "c", "-std=gnu11", "-fsyntax-only", "-Wno-multichar",
                .. allowList.ClangArguments, "-isystem", HeaderSet.FindRoot(allowList, bindingsDirectory), "-"])
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
            };
            try
            {
                Compile(allowList, start, source);
                return compiler;
            }
            catch (Win32Exception)
            {
                // Not installed: try the next.
            }
        }

        return null;
    }

    private static void Compile(AllowList allowList, ProcessStartInfo start, string source)
    {
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(source);
        process.StandardInput.Close();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new BindingsException($"{allowList.Name}: {start.FileName} disagrees with the bindings:\n{errors}");
        }
    }
}
