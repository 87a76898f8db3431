// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Testing;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>Gives the tests an ALSA configuration of their own on top of the system's.</summary>
[SetUpFixture]
internal sealed class AlsaTestSetup
{
    private const string Definitions = """
        </usr/share/alsa/alsa.conf>
        pcm.!default { type null hint { show on description "Discards all" } }
        pcm.am_from_file {
            @args [ IN ]
            @args.IN { type string }
            type file slave.pcm null file "/dev/null" infile $IN format raw
        }

        pcm.am_jack_test {
            type jack name am_jack_test
            playback_ports { 0 "system:playback_1" 1 "system:playback_2" }
            capture_ports { 0 "system:capture_1" 1 "system:capture_2" }
        }

        """;

    private static TemporaryFolder? s_folder;
    private IDisposable? _variable;

    [OneTimeSetUp]
    public void PointAlsaAtOurConfiguration()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libasound.so.2", out _))
        {
            Assert.Ignore("No ALSA on this machine.");
        }

        s_folder = new TemporaryFolder();
        string path = PathOf("asound.conf");
        File.WriteAllText(path, Definitions + TimedPcm.Definition(s_folder.FullPath));
        _variable = LibCEnvironment.Set("ALSA_CONFIG_PATH", path);
    }

    [OneTimeTearDown]
    public void Undo()
    {
        _variable?.Dispose();
        s_folder?.Dispose();
    }

    /// <summary>A path for a test's own file.</summary>
    public static string PathOf(string name) => s_folder!.PathOf(name);
}
