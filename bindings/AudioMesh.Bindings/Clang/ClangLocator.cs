// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AudioMesh.Bindings.Clang;

/// <summary>Finds libclang and the compiler's own headers (stddef.h, stdint.h) on this machine.</summary>
public static class ClangLocator
{
    private const int OldestVersion = 14;
    private const int NewestVersion = 21;

    private const string NoLibrary =
        "libclang 14 to 21 was not found: install libclang1-14 and libclang-common-14-dev (Debian), clang-libs (Fedora) or llvm (Homebrew)";

    private const string NoHeaders = "the compiler's own headers were not found: install libclang-common-14-dev (Debian) or clang";

    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>Whether libclang is there; <paramref name="reason"/> says what to install when not.</summary>
    public static bool TryFind([NotNullWhen(false)] out string? reason)
    {
        reason = Handle.Value == 0 ? NoLibrary : ResourceDirectory() is null ? NoHeaders : null;
        return reason is null;
    }

    /// <summary>The directory that holds <c>include/stddef.h</c> of a clang, the oldest accepted first; null when there is none.</summary>
    public static string? ResourceDirectory()
    {
        IEnumerable<string> roots = Enumerable.Range(OldestVersion, NewestVersion - OldestVersion + 1)
            .Select(version => $"/usr/lib/llvm-{version}/lib/clang")
            .Concat(["/usr/lib/clang", "/usr/lib64/clang", "/opt/homebrew/opt/llvm/lib/clang", "/usr/local/opt/llvm/lib/clang",
                "/Library/Developer/CommandLineTools/usr/lib/clang"]);
        return roots.Where(Directory.Exists)
            .SelectMany(root => Directory.GetDirectories(root).Order(StringComparer.Ordinal))
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "include", "stddef.h")));
    }

    internal static void UseFoundLibrary()
    {
        if (!TryFind(out string? reason))
        {
            throw new BindingsException(reason);
        }
    }

    private static nint Load()
    {
        foreach (string name in Candidates())
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (library, _, _) => library == "libclang" ? handle : 0);
                return handle;
            }
        }

        return 0;
    }

    private static IEnumerable<string> Candidates()
    {
        for (int version = OldestVersion; version <= NewestVersion; version++)
        {
            yield return $"libclang-{version}.so.1";
            yield return $"libclang.so.{version}";
            yield return $"/usr/lib/llvm-{version}/lib/libclang.so.1";
        }

        yield return "libclang.so.1";
        yield return "libclang.so";
        yield return "libclang.dylib";
        yield return "/opt/homebrew/opt/llvm/lib/libclang.dylib";
        yield return "/usr/local/opt/llvm/lib/libclang.dylib";
        yield return "/Library/Developer/CommandLineTools/usr/lib/libclang.dylib";
    }
}
