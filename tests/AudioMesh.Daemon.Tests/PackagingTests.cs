// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>What is installed beside the program.</summary>
[Platform("Linux")]
internal sealed partial class PackagingTests
{
    [TestCase("audiomixerd.1")]
    [TestCase("audiomesh.1")]
    public void Manual_pages_have_no_warnings(string page)
    {
        (int code, string said) = Run("groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-z", Repository.PathOf("docs", "man", page));
        Assert.That(code, Is.Zero);
        Assert.That(said, Is.Empty);
    }

    [Test]
    public void The_manual_page_has_every_option()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "man", "audiomixerd.1")).Replace("\\-", "-", StringComparison.Ordinal);
        using Process help = Process.Start(DaemonBinary.StartInfo("--help"))!;
        string[] options = [.. Option().Matches(help.StandardOutput.ReadToEnd()).Select(match => match.Value).Distinct()];
        Assert.That(options, Has.Length.GreaterThan(7));
        Assert.Multiple(() =>
        {
            foreach (string option in options)
            {
                Assert.That(page, Does.Contain(option));
            }
        });
    }

    [Test]
    public void Units_are_understood_by_systemd()
    {
        using TemporaryFolder folder = new();
        string service = File.ReadAllText(Repository.PathOf("packaging", "audiomixerd.service"));

        // The program and its page may not be installed here; all else is as it ships.
        File.WriteAllText(folder.PathOf("audiomixerd.service"), WithoutPage(service).Replace("/usr/local/bin/audiomixerd", "/bin/true", StringComparison.Ordinal));
        File.WriteAllText(folder.PathOf("audiomixerd.socket"), WithoutPage(File.ReadAllText(Repository.PathOf("packaging", "audiomixerd.socket"))));
        (int code, string said) = Run("systemd-analyze", "verify", folder.PathOf("audiomixerd.service"), folder.PathOf("audiomixerd.socket"));
        Assert.That(said, Is.Empty);
        Assert.That(code, Is.Zero);
    }

    private static string WithoutPage(string unit) => unit.Replace("Documentation=man:audiomixerd(1)\n", "", StringComparison.Ordinal);

    private static (int Code, string Said) Run(string tool, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error + output.Result);
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{tool} is not installed.");
            throw;
        }
    }

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
