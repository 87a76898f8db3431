// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using AudioMesh.Testing;

namespace AudioMesh.Native.Tests;

/// <summary>
/// Two runtimes in one process stop their threads by the same signal (dotnet/runtime#121345). Each half of the test is a process of
/// its own, because the one without the cure does not come back.
/// </summary>
[Platform("Linux")]
internal sealed class SuspendSignalTests
{
    private const int RageSeconds = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Test]
    public void Collections_in_many_threads_never_hang_on_a_library_loaded_late()
    {
        (bool ended, string output) = Stress("cured", Limit);
        Assert.That(ended, Is.True, $"hung; it said: {output}");
        Assert.That(output, Does.Contain("done"));
    }

    [Test]
    public void The_same_without_restoring_the_signal_handler_hangs()
    {
        (bool ended, string output) = Stress("bare", TimeSpan.FromSeconds(RageSeconds * 4));
        Assert.That(output, Does.Contain("loaded"));
        if (ended)
        {
            Assert.Ignore("Loaded without the cure it did not hang this time: where that is always so, the runtime has been repaired and the cure can go.");
        }
    }

    private static (bool Ended, string Output) Stress(string how, TimeSpan limit)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "AudioMesh.Native.Stress.dll");
        ProcessStartInfo start = new("dotnet", [program, how, BuiltLibrary.Path, $"{RageSeconds}"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        ManualResetEventSlim loaded = new(false);
        Task<string> output = ReadAsync(process.StandardOutput, loaded);

        // A busy machine may take long to begin.
        loaded.Wait(Limit);
        bool ended = process.WaitForExit(limit);
        if (!ended)
        {
            process.Kill();
        }

        return (ended, output.Result);
    }

    private static async Task<string> ReadAsync(StreamReader reader, ManualResetEventSlim loaded)
    {
        StringBuilder all = new();
        while (await reader.ReadLineAsync() is { } line)
        {
            all.AppendLine(line);
            if (line.Contains("loaded"))
            {
                loaded.Set();
            }
        }

        loaded.Set();
        return all.ToString();
    }
}
