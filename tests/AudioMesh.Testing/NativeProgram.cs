// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace AudioMesh.Testing;

/// <summary>A C program of the tests, compiled on the spot; the test is skipped on a machine without a C compiler.</summary>
public sealed class NativeProgram : IDisposable
{
    private static readonly TimeSpan CompileLimit = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private readonly string _executable;

    private NativeProgram() => _executable = _folder.PathOf("program");

    /// <summary>Compiles <paramref name="source"/>, a path in the tree, as C11 with <c>native/include</c>; warnings are errors.</summary>
    public static NativeProgram Compile(params string[] source)
    {
        NativeProgram program = new();
        foreach (string compiler in (string[])["cc", "gcc", "clang"])
        {
            if (Start(compiler, "-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-D_POSIX_C_SOURCE=200809L",
                "-I", Repository.PathOf("native", "include"), "-o", program._executable, Repository.PathOf(source)) is { } process)
            {
                (int code, _, string error) = Finish(process, CompileLimit);
                Assert.That(code, Is.Zero, error);
                return program;
            }
        }

        program.Dispose();
        Assert.Ignore("No C compiler (cc, gcc or clang) on this machine.");
        throw new UnreachableException();
    }

    /// <summary>Runs it to its end and gives what it printed; fails the test when it exits with anything but 0.</summary>
    public string Run(TimeSpan limit, params string[] arguments)
    {
        (int code, string output, string error) = Finish(Start(_executable, arguments)!, limit);
        Assert.That(code, Is.Zero, $"{string.Join(' ', arguments)}: {output}{error}");
        return output;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static Process? Start(string command, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static (int Code, string Output, string Error) Finish(Process process, TimeSpan limit)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{process.StartInfo.FileName} had not ended after {limit}.");
            }

            return (process.ExitCode, output.Result, error.Result);
        }
    }
}
