// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Tests.Dsp;

/// <summary>What mixes has loops of its own for processors with other vectors; the tests of the matrix and of overlaps hold on those too.</summary>
internal sealed class MixWidthTests
{
    private const int TimeoutMs = 240_000;

    [TestCase("DOTNET_EnableHWIntrinsic", "0")]
    [TestCase("DOTNET_EnableAVX", "0")]
    [TestCase("DOTNET_EnableAVX512", "0")]
    [TestCase("DOTNET_MaxVectorTBitWidth", "512")]
    public void The_tests_of_mixing_pass_with_the_vectors_of_other_processors(string name, string value)
    {
        string[] words =
        [
            "vstest", typeof(MixWidthTests).Assembly.Location, "--TestCaseFilter:FullyQualifiedName~Dsp.MixMatrixTests|FullyQualifiedName~Dsp.OverlapTests",
        ];
        ProcessStartInfo start = new("dotnet", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        bool isOver = process.WaitForExit(TimeoutMs);
        if (!isOver)
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.That(isOver, "in time");
        Assert.That(process.ExitCode, Is.Zero, output.Result + errors.Result);
        Assert.That(output.Result, Does.Contain("Passed:"));
    }
}
