// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>Reading at a place in a file.</summary>
internal static class FileBytes
{
    /// <summary>Reads until <paramref name="bytes"/> is full or the file ends; returns how many bytes it read.</summary>
    public static int ReadUpTo(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            int read = RandomAccess.Read(file, bytes[done..], offset + done);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }

    /// <summary>Reads all of <paramref name="bytes"/>; false when the file ends before.</summary>
    public static bool TryRead(SafeFileHandle file, long offset, Span<byte> bytes) => ReadUpTo(file, offset, bytes) == bytes.Length;
}
