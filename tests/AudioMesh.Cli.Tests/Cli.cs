// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>Runs the built command line as its users do: as a process, its output piped.</summary>
internal static class Cli
{
    private const int TimeoutMs = 180_000;

    // Built in the configuration that this test was built in.
    private static string Program { get; } = Repository.PathOf(
        "src", "AudioMesh.Cli", "bin", Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name, "net10.0", "AudioMesh.Cli.dll");

    /// <summary>Runs it to its end.</summary>
    public static CliResult Run(params string[] arguments) => Finish(Start([], arguments));

    /// <summary>The same, with these variables in its environment.</summary>
    public static CliResult RunWith(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Finish(Start(environment, arguments));

    /// <summary>Runs it to its end with <paramref name="input"/> piped in.</summary>
    public static CliResult RunPiped(string input, params string[] arguments) => RunPipedWith([], input, arguments);

    /// <summary>The same, with these variables in its environment.</summary>
    public static CliResult RunPipedWith(IEnumerable<KeyValuePair<string, string>> environment, string input, params string[] arguments)
    {
        Process process = Start(environment, arguments, isPiped: true);
        Task feeding = Task.Run(() =>
        {
            using StreamWriter writer = process.StandardInput;
            writer.Write(input);
        });
        CliResult result = Finish(process);
        feeding.Wait(TimeoutMs);
        return result;
    }

    /// <summary>Starts it and returns when it has written a line that contains <paramref name="sign"/>.</summary>
    public static CliProcess StartUntil(string sign, params string[] arguments) => new(Start([], arguments), sign);

    /// <summary>The same, with these variables in its environment.</summary>
    public static CliProcess StartUntilWith(IReadOnlyDictionary<string, string> environment, string sign, params string[] arguments) =>
        new(Start(environment, arguments), sign);

    /// <summary>The same, for a line on standard error.</summary>
    public static CliProcess StartUntilErrorWith(IReadOnlyDictionary<string, string> environment, string sign, params string[] arguments) =>
        new(Start(environment, arguments), sign, isError: true);

    /// <summary>The JSON objects of its output, one a line.</summary>
    public static IReadOnlyList<JsonElement> Lines(CliResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static Process Start(IEnumerable<KeyValuePair<string, string>> environment, string[] arguments, bool isPiped = false)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments])
        {
            RedirectStandardInput = isPiped,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static CliResult Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeoutMs))
            {
                process.Kill();
                Assert.Fail($"It hangs: {output.Result}{error.Result}");
            }

            return new CliResult(process.ExitCode, output.Result, error.Result);
        }
    }
}
