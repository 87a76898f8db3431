// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Latency.Ramp;

/// <summary><c>audiomesh play</c>, as a user runs it.</summary>
internal static class PlayProcess
{
    /// <summary>Plays to the end. Throws what the command said if it failed.</summary>
    public static async Task RunAsync(string[] words, Action<IDictionary<string, string?>> environment)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "AudioMesh.Cli.dll"), "play", .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        environment(start.Environment);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
        {
            throw new AudioMeshException(AudioErrorKind.Internal, $"audiomesh play {string.Join(' ', words)} ended with {process.ExitCode}: {error}");
        }
    }
}
