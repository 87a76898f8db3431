// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using AudioMesh.Testing;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>
/// An ALSA device of the tests' own making (<c>timed_pcm.c</c>): paced by the clock, with the formats, access, rate and periods it is told to
/// have, and the faults. Compiled when first asked for; skips where there is no C compiler or no ALSA headers.
/// </summary>
internal static class TimedPcm
{
    private const string Library = "libtimed.so";
    private static readonly Lock s_lock = new();

    /// <summary>What the configuration says about it.</summary>
    public static string Definition(string folder) => $$"""
        pcm_type.timed { lib "{{Path.Combine(folder, Library)}}" }
        pcm.timed {
            @args [ FAULT AFTER ACCESS FORMAT RATE LEAST MOST SOUND ]
            @args.FAULT { type string default none }
            @args.AFTER { type integer default 0 }
            @args.ACCESS { type string default "mmapi mmapn rwi rwn" }
            @args.FORMAT { type string default "FLOAT_LE" }
            @args.RATE { type integer default 48000 }
            @args.LEAST { type integer default 32 }
            @args.MOST { type integer default 4096 }
            @args.SOUND { type string default "" }
            type timed
            fault $FAULT after $AFTER access $ACCESS format $FORMAT rate $RATE least $LEAST most $MOST sound $SOUND
        }

        """;

    /// <summary>The device with <paramref name="settings"/> like <c>RATE=44100</c>.</summary>
    public static string Device(params string[] settings)
    {
        Compile();
        return settings.Length == 0 ? "timed" : $"timed:{string.Join(',', settings)}";
    }

    private static void Compile()
    {
        lock (s_lock)
        {
            string output = AlsaTestSetup.PathOf(Library);
            if (File.Exists(output))
            {
                return;
            }

            try
            {
                string source = Repository.PathOf("tests", "AudioMesh.Backends.Tests", "Alsa", "timed_pcm.c");
                using Process compiler = Process.Start(
                    "cc", ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC", "-DPIC", "-o", output, source, "-lasound"]);
                compiler.WaitForExit();
                if (compiler.ExitCode != 0)
                {
                    Assert.Ignore("timed_pcm.c does not compile: are ALSA's headers (libasound2-dev) installed?");
                }
            }
            catch (Win32Exception)
            {
                Assert.Ignore("No C compiler on this machine.");
            }
        }
    }
}
