// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Simd;

/// <summary>
/// Times the kernels jitted and compiled for the same instruction set, one run right after the other, and prints the ratio. Judged is
/// only what no busy machine explains: a kernel several times as slow has fallen out of SIMD.
/// </summary>
internal static class Comparison
{
    private const int Turns = 3;
    private const double FallenOut = 3;

    public static void Show(Tally tally)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !Avx2.IsSupported)
        {
            tally.Skip("This CPU has no AVX2 to compare.");
            return;
        }

        if (Twin() is not { } twin)
        {
            tally.Skip("The compiled twin could not be built: that needs the .NET SDK and a C compiler.");
            return;
        }

        List<KernelTime[]> jitted = [];
        List<KernelTime[]> compiled = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            jitted.Add(Measured("dotnet", typeof(Comparison).Assembly.GetName().Name + ".dll"));
            compiled.Add(Measured(twin));
        }

        if (jitted.Exists(turn => turn.Length == 0) || compiled.Exists(turn => turn.Length == 0))
        {
            tally.Judge(false, "both run every kernel");
            return;
        }

        Judge(tally, Best(jitted), Best(compiled));
    }

    private static KernelTime[] Measured(string program, params string[] words)
    {
        string[] all = [.. words.Select(word => Path.Combine(AppContext.BaseDirectory, word)), "measure"];
        return [.. (Tool.Run(program, all) ?? []).Select(KernelTime.Parse)];
    }

    private static string? Twin()
    {
        if (Tool.Root is not { } root)
        {
            return null;
        }

        string project = Path.Combine(root, "benchmarks", "AudioMesh.Simd", "AudioMesh.Simd.csproj");
        string twin = Path.Combine(root, "artifacts", "simd", "AudioMesh.Simd");
        bool isBuilt = Tool.Run("dotnet", "publish", project, "-c", "Release", "-v", "q", "-nologo", "-r", RuntimeInformation.RuntimeIdentifier) is not null;
        return isBuilt && File.Exists(twin) ? twin : null;
    }

    private static KernelTime[] Best(List<KernelTime[]> turns) =>
        [.. turns[0].Select((time, i) => time with { Ns = turns.Min(turn => turn[i].Ns) })];

    private static void Judge(Tally tally, KernelTime[] jitted, KernelTime[] compiled)
    {
        Console.WriteLine($"         {"512 samples",-26} {"jitted",10} {"compiled",10}  ratio");
        foreach ((KernelTime jit, KernelTime aot) in jitted.Zip(compiled))
        {
            double ratio = aot.Ns / jit.Ns;
            tally.Judge(ratio < FallenOut, FormattableString.Invariant($"{jit.Kernel,-26} {jit.Ns,7:F1} ns {aot.Ns,7:F1} ns  {ratio:F2}"));
        }
    }
}
