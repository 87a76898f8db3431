// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Cli.Doctor;

/// <summary>Which system libraries are there.</summary>
internal static class LibraryChecks
{
    public static IEnumerable<Finding> All()
    {
        if (OperatingSystem.IsMacOS())
        {
            yield return Look("libjack.0.dylib", "the JACK driver", "brew install jack");
            yield return Look("libsndfile.1.dylib", "files other than WAV", "brew install libsndfile");
        }
        else
        {
            yield return Look("libjack.so.0", "the JACK driver", "sudo apt-get install libjack-jackd2-0");
            yield return Look("libasound.so.2", "the ALSA driver", "sudo apt-get install libasound2 libasound2-plugins");
            yield return Look("libsndfile.so.1", "files other than WAV", "sudo apt-get install libsndfile1");
        }
    }

    private static Finding Look(string name, string need, string mend)
    {
        string check = name[..name.IndexOf('.')];
        if (!NativeLibrary.TryLoad(name, out nint handle) && !NativeLibrary.TryLoad($"/opt/homebrew/lib/{name}", out handle))
        {
            return Finding.Warn(check, $"{name} is not installed; it is needed for {need}.", mend);
        }

        string? path = LoadedLibrary.Find(check);
        NativeLibrary.Free(handle);
        return Finding.Ok(check, path ?? name);
    }
}
