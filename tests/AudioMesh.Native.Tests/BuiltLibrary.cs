// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using AudioMesh.Testing;

namespace AudioMesh.Native.Tests;

/// <summary>The engine library as <c>./build.sh build</c> left it; tests are skipped where there was no C compiler to link it.</summary>
internal static class BuiltLibrary
{
    /// <summary>All builds of it that run on this machine.</summary>
    public static string[] Paths()
    {
        string system = OperatingSystem.IsMacOS() ? "osx" : "linux";
        string folder = Repository.PathOf("artifacts", "native", $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}");
        string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, OperatingSystem.IsMacOS() ? "libaudiomesh*.dylib" : "libaudiomesh*.so") : [];
        return [.. found.Where(path => Avx2.IsSupported || !path.Contains(".avx2.", StringComparison.Ordinal)).Order()];
    }

    /// <summary>One of them; skips the test where there is none.</summary>
    public static string Path
    {
        get
        {
            string[] paths = Paths();
            if (paths.Length == 0)
            {
                Assert.Ignore("The engine library is not built: ./build.sh build builds it where there is a C compiler.");
            }

            return paths[0];
        }
    }
}
