// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Tests;

internal static class KernelRuns
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void Run(this IComputeProgram program) => Assert.That(program.Wait(program.Submit(), Patience), "the run is over in time");
}
