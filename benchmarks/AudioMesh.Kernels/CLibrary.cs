// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Kernels;

/// <summary>The C loops, compiled for this very machine when the program starts.</summary>
internal sealed unsafe class CLibrary : IDisposable
{
    private const string Wide = "gcc -O3 -march=native -ffp-contract=off -fno-math-errno";
    private readonly DirectoryInfo _folder;
    private readonly nint _library;

    private CLibrary(DirectoryInfo folder, string path)
    {
        _folder = folder;
        _library = NativeLibrary.Load(path);
    }

    /// <summary>Null where there is no gcc.</summary>
    public static CLibrary? Compile()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("audiomesh-kernels-");
        string path = Path.Combine(folder.FullName, "kernels.so");
        string[] words =
        [
            .. Command.Split(' ')[1..], "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-o", path,
            Path.Combine(AppContext.BaseDirectory, "kernels.c"), Path.Combine(AppContext.BaseDirectory, "peak.c"), "-lm",
        ];
        try
        {
            using Process process = Process.Start("gcc", words);
            process.WaitForExit();
            return process.ExitCode == 0 ? new CLibrary(folder, path) : throw new InvalidOperationException("gcc failed.");
        }
        catch (Win32Exception)
        {
            folder.Delete(recursive: true);
            return null;
        }
    }

    /// <summary>With vectors as wide as ours are in this process.</summary>
    public static string Command => Vector512.IsHardwareAccelerated ? Wide : $"{Wide} -mprefer-vector-width=256";

    public void* this[string name] => (void*)NativeLibrary.GetExport(_library, name);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        _folder.Delete(recursive: true);
    }
}
