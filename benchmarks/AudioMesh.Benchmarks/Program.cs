// SPDX-License-Identifier: MIT
using AudioMesh.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args.Contains("--short"))
{
    return ShortRun.Run();
}

// In this process: what is measured is the code as it is built here, and no second build gets in its way.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(ShortRun).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
return 0;
