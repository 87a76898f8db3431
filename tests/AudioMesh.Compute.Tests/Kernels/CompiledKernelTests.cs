// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.RegularExpressions;
using AudioMesh.Compute.Kernels;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Kernels;

/// <summary>What is committed beside the sources of the kernels.</summary>
internal sealed partial class CompiledKernelTests
{
    /// <summary>Add, subtract, multiply, vector times scalar.</summary>
    private static readonly int[] ExactOperations = [129, 131, 133, 142];

    /// <summary>Divide, remainders, matrix products, dot: not the same on every device.</summary>
    private static readonly int[] InexactOperations = [136, 140, 141, 143, 144, 145, 146, 147, 148];

    private static readonly string Compiler = Repository.PathOf("native", "kernels", "compile.sh");

    private static IEnumerable<ComputeKernel> Kernels => ComputeKernels.All;

    [Test]
    public void Is_what_the_sources_compile_to()
    {
        string versions = File.ReadAllText(Repository.PathOf("native", "kernels", "compilers.txt"));
        string installed = Run("--versions");
        if (installed != versions)
        {
            Assert.Ignore($"Kernels are compared where the compilers are those of native/kernels/compilers.txt, not {installed.ReplaceLineEndings(", ")}");
        }

        using TemporaryFolder fresh = new();
        Run(fresh.FullPath);
        string committed = Repository.PathOf("src", "AudioMesh.Compute", "Kernels", "Compiled");
        Assert.That(Names(fresh.FullPath), Is.EqualTo(Names(committed)), "files; ./build.sh kernels writes them anew");
        foreach (string name in Names(committed))
        {
            byte[] expected = File.ReadAllBytes(fresh.PathOf(name));
            Assert.That(File.ReadAllBytes(Path.Combine(committed, name)), Is.EqualTo(expected), $"{name}; ./build.sh kernels writes it anew");
        }
    }

    [Test]
    public void Every_source_is_a_kernel()
    {
        IEnumerable<string> sources = Directory.GetFiles(Repository.PathOf("native", "kernels"), "*.comp").Select(Path.GetFileNameWithoutExtension)!;
        Assert.That(ComputeKernels.All.Select(kernel => kernel.Name), Is.EquivalentTo(sources));
    }

    [TestCaseSource(nameof(Kernels))]
    public void SpirV_binds_and_groups_as_the_kernel_says(ComputeKernel kernel)
    {
        SpirV module = new(kernel.SpirV);
        Assert.That(module.Decorated(SpirV.Binding).Select(binding => (int)binding.Operand), Is.EquivalentTo(Enumerable.Range(0, kernel.BufferCount)));
        Assert.That(module.GroupSize(), Is.EqualTo(kernel.GroupSize));
        Assert.That(module.SharedBytes(), Is.EqualTo(kernel.SharedBytes));
    }

    [TestCaseSource(nameof(Kernels))]
    public void Msl_has_one_buffer_for_each_binding_and_the_kernels_name(ComputeKernel kernel)
    {
        Match entry = EntryPoint().Match(kernel.Msl);
        Assert.That(entry.Groups["name"].Value, Is.EqualTo(kernel.Name));
        IEnumerable<int> buffers = BufferIndex().Matches(entry.Value).Select(match => int.Parse(match.Groups[1].Value));
        Assert.That(buffers, Is.EquivalentTo(Enumerable.Range(0, kernel.BufferCount)));
    }

    [TestCaseSource(nameof(Kernels))]
    public void No_driver_may_fuse_or_approximate_its_arithmetic(ComputeKernel kernel)
    {
        SpirV module = new(kernel.SpirV);
        HashSet<uint> exact = [.. module.Decorated(SpirV.NoContraction).Select(decorated => decorated.Id)];
        (int Opcode, uint[] Operands)[] arithmetic = [.. module.Instructions.Where(i => ExactOperations.Contains(i.Opcode))];
        Assert.That(arithmetic, Is.Not.Empty);
        Assert.That(arithmetic.Where(i => !exact.Contains(i.Operands[1])).Select(i => $"opcode {i.Opcode}"), Is.Empty, "not `precise`");
        Assert.That(module.Instructions.Select(i => i.Opcode).Intersect(InexactOperations), Is.Empty);
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Run(string argument)
    {
        foreach (string tool in (string[])["glslangValidator", "spirv-val", "spirv-cross"])
        {
            if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))))
            {
                Assert.Ignore($"No {tool} on this machine to compile the kernels with.");
            }
        }

        using Process process = Process.Start(new ProcessStartInfo(Compiler, [argument]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, output);
        return output;
    }

    [GeneratedRegex(@"^kernel void (?<name>\w+)\(.*\)$", RegexOptions.Multiline)]
    private static partial Regex EntryPoint();

    [GeneratedRegex(@"\[\[buffer\((\d+)\)\]\]")]
    private static partial Regex BufferIndex();
}
