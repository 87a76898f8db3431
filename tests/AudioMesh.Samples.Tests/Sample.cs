// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using AudioMesh.Testing;

namespace AudioMesh.Samples.Tests;

/// <summary>Runs a sample, or a tool a sample needs, in a process of its own.</summary>
internal static class Sample
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs the sample as it was built beside the tests and gives what it printed; fails the test when it exits with anything but 0.</summary>
    public static string RunBuilt(string name, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string built = Path.GetRelativePath(Repository.PathOf("tests", "AudioMesh.Samples.Tests"), AppContext.BaseDirectory);
        return Run("dotnet", environment, [Repository.PathOf("samples", name, built, $"{name}.dll"), .. arguments]);
    }

    /// <summary>Runs a command in the root of the tree; skips the test where it is not installed, fails it when it does not exit with 0.</summary>
    public static string Run(string command, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        (int code, string output) = Execute(command, environment, arguments);
        Assert.That(code, Is.Zero, $"{command} {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    /// <summary>libaudiomesh as this tree builds it; the test is skipped where it has not been built.</summary>
    public static string Library()
    {
        string folder = Repository.PathOf("artifacts", "native");
        string? library = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "libaudiomesh.*", SearchOption.AllDirectories)
                .FirstOrDefault(file => Path.GetFileName(file) is "libaudiomesh.so" or "libaudiomesh.dylib")
            : null;
        Assume.That(library, Is.Not.Null, "libaudiomesh has not been built (./build.sh build).");
        return library!;
    }

    private static (int Code, string Output) Execute(string command, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command} {string.Join(' ', arguments)} had not ended after {Limit}.");
        }

        return (process.ExitCode, output.Result + error.Result);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{start.FileName} is not installed.");
            throw;
        }
    }
}
