// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using AudioMesh.Plugins;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.PluginHosting;

/// <summary>The plug-ins of plugins.c, compiled into a folder of their own; tests are skipped on a machine without a C compiler or <c>ladspa.h</c>.</summary>
internal sealed class TestPlugins : IDisposable
{
    private static readonly string[] Labels = ["level", "poison", "late", "swap", "peak", "soft", "refuses", "deaf", "broken", "missing"];
    private readonly TemporaryFolder _folder = new();

    public TestPlugins()
    {
        ProcessStartInfo start = new("cc")
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", _folder.PathOf("known.so"),
                Repository.PathOf("tests", "AudioMesh.Engine.Tests", "PluginHosting", "plugins.c"), "-lm",
            },
        };
        try
        {
            using Process compiler = Process.Start(start)!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (errors.Contains("ladspa.h", StringComparison.Ordinal))
            {
                Assert.Ignore("ladspa.h is not installed (Debian: ladspa-sdk).");
            }

            Assert.That(compiler.ExitCode, Is.Zero, errors);
        }
        catch (Win32Exception)
        {
            Assert.Ignore("No C compiler (cc) on this machine.");
        }
    }

    /// <summary>All of them allowed, and some that there are not.</summary>
    public LadspaOptions Options => new()
    {
        Allowed = [.. Labels.Select(label => $"known:{label}"), "unknown:level"],
        Folders = [_folder.FullPath],
    };

    public void Dispose() => _folder.Dispose();
}
