// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh;

/// <summary>Finds and loads libaudiomesh.</summary>
internal static unsafe class EngineLibrary
{
    private static readonly Lock Gate = new();

    /// <summary>Loads the library at <paramref name="path"/>, or the best one found beside the app. Throws LibraryMissing.</summary>
    public static LibAudioMesh Load(string? path)
    {
        LibAudioMesh library;
        lock (Gate)
        {
            using SuspendSignalGuard guard = new();
            library = LibAudioMesh.Load(path ?? Find());

            // The first call starts the library's runtime, which installs its signal handler.
            uint version = library.am_abi_version();
            if (version != LibAudioMesh.AM_ABI_VERSION)
            {
                throw new AudioMeshException(
                    AudioErrorKind.LibraryMissing, $"libaudiomesh has ABI version {version}, this package needs {LibAudioMesh.AM_ABI_VERSION}.");
            }
        }

        return library;
    }

    private static string Find()
    {
        string extension = OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string system = OperatingSystem.IsMacOS() ? "osx" : "linux";
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string[] names = CpuFeatures.HasAvx2Set ? ["libaudiomesh.avx2", "libaudiomesh"] : ["libaudiomesh"];
        List<string> folders =
        [
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", $"{system}-{architecture}", "native"),
        ];
        if (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string searched)
        {
            folders.AddRange(searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        }

        foreach (string name in names)
        {
            foreach (string folder in folders)
            {
                string file = Path.Combine(folder, name + extension);
                if (File.Exists(file))
                {
                    return file;
                }
            }
        }

        throw new AudioMeshException(
            AudioErrorKind.LibraryMissing,
            $"libaudiomesh{extension} for {system}-{architecture} is not beside the app: the engine cannot be isolated from its garbage collector.");
    }
}
