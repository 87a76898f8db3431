// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Network.Tests.Namespaces;

/// <summary>iproute2's <c>ip</c>.</summary>
internal static class IpCommand
{
    private const int TimeoutMs = 30_000;

    private static readonly string? Path = new[] { "/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip" }.FirstOrDefault(File.Exists);

    public static bool IsThere => Path is not null;

    /// <summary>Fails the test when it fails.</summary>
    public static void Run(params string[] arguments) => Assert.That(TryRun(arguments), Is.Null, () => $"ip {string.Join(' ', arguments)}");

    /// <summary>What it said when it failed; null when it did not.</summary>
    public static string? TryRun(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Path!, arguments) { RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeoutMs))
        {
            process.Kill();
            return "it hangs";
        }

        return process.ExitCode == 0 ? null : $"{error.Result.Trim()} (exit code {process.ExitCode})";
    }
}
