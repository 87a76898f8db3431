// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>Sets variables where C libraries look for them: .NET keeps its own copy of the environment.</summary>
internal static partial class LibCEnvironment
{
    /// <summary>Sets <paramref name="name"/> until the result is disposed.</summary>
    public static IDisposable Set(string name, string value)
    {
        string? before = Marshal.PtrToStringUTF8(getenv(name));
        Assert.That(setenv(name, value, 1), Is.Zero);
        return new Restore(name, before);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getenv(string name);

    private sealed class Restore(string name, string? value) : IDisposable
    {
        public void Dispose()
        {
            if (value is null)
            {
                unsetenv(name);
            }
            else
            {
                setenv(name, value, 1);
            }
        }
    }
}
